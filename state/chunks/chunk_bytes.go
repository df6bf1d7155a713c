package chunks

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	"github.com/klauspost/compress/s2"

	"github.com/eshopos/eshopctl/importer"
)

// Records and changes are stored in compressed chunks of a few hundred. A row for each would
// take more disk than the catalogue itself.
const (
	mostBytes   = 512 << 10 // of a chunk before it is packed
	meanRecords = 512       // in a chunk of a snapshot
	mostMemory  = 64 << 20  // of a chunk when it is unpacked; more means damage
)

// ErrDamaged means that a stored chunk cannot be read or contradicts what is noted of it.
var ErrDamaged = errors.New("a stored chunk is damaged")

// columnHead returns the head of a chunk of a table: its name, the number of values in a
// record, and the names of their columns.
func columnHead(t *importer.Table) []byte {
	names := t.ColumnNames()
	head := importer.Record{importer.String(t.Name), importer.Whole(int64(len(names)))}
	for _, name := range names {
		head = append(head, importer.String(name))
	}
	return importer.AppendRecord(nil, head)
}

// cutColumns reads the head of a chunk of t and returns the column names and the rest.
func cutColumns(t *importer.Table, raw string) (columns []string, records string, err error) {
	head, raw, err := importer.CutRecord(raw, 2)
	if err != nil {
		return nil, "", err
	}
	if n := head[1].Int(); head[0].Text() != t.Name || n <= 0 || n > int64(len(raw)) {
		return nil, "", fmt.Errorf("%w: it is not of %s", ErrDamaged, t.Name)
	}
	names, raw, err := importer.CutRecord(raw, int(head[1].Int()))
	for _, name := range names {
		columns = append(columns, name.Text())
	}
	return columns, raw, err
}

// A stored chunk is a byte for its form, a CRC-32C of the unpacked chunk, and an S2 block. S2
// is half as long again as zstd, but packs and unpacks in a fraction of the time; a rerun
// does little else than unpack.
const (
	formNamed   = 'n' // begins with a head
	formUnnamed = 's' // written by earlier programs, without a head
	formHead    = 1 + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Packer packs chunks. It is for one goroutine.
type Packer struct{ scratch []byte }

// PackChunk returns a chunk, which begins with a head, as it is stored.
func (p *Packer) PackChunk(raw []byte) []byte {
	if longest := formHead + s2.MaxEncodedLen(len(raw)); len(p.scratch) < longest {
		p.scratch = make([]byte, longest)
	}
	p.scratch[0] = formNamed
	binary.LittleEndian.PutUint32(p.scratch[1:], crc32.Checksum(raw, castagnoli))
	block := s2.Encode(p.scratch[formHead:], raw)
	return bytes.Clone(p.scratch[:formHead+len(block)])
}

// unpackData returns the chunk that was packed.
func unpackData(data []byte) (string, error) {
	if len(data) < formHead || data[0] != formUnnamed && data[0] != formNamed {
		return "", ErrDamaged
	}
	block, sum := data[formHead:], binary.LittleEndian.Uint32(data[1:])
	size, err := s2.DecodedLen(block)
	if err != nil || size > mostMemory {
		return "", ErrDamaged
	}
	raw, err := s2.Decode(nil, block)
	if err != nil || crc32.Checksum(raw, castagnoli) != sum {
		return "", ErrDamaged
	}
	return string(raw), nil
}
