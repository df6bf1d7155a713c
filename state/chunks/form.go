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

// Records and changes are stored in compressed chunks of a few hundred: one row
// for each would cost the disk more than the catalogue itself.
const (
	mostBytes   = 512 << 10 // a chunk is cut at this size at the latest
	meanRecords = 512       // in a chunk of a snapshot
	mostMemory  = 64 << 20  // no honest chunk unpacks to more
)

// ErrDamaged is the cause of what cannot be read of a chunk, or be true of it.
var ErrDamaged = errors.New("a stored chunk is damaged")

// columnHead is what the records of a table begin with in a chunk: its name, how many values
// a record has, and the names of their columns, so that any later program can read it.
func columnHead(t *importer.Table) []byte {
	names := t.ColumnNames()
	head := importer.Record{importer.String(t.Name), importer.Whole(int64(len(names)))}
	for _, name := range names {
		head = append(head, importer.String(name))
	}
	return importer.AppendRecord(nil, head)
}

// cutColumns takes the head of a table from what a chunk holds, and gives its columns.
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

// A stored chunk begins with its form and a CRC-32C of what was packed. The block
// of S2 behind them is half as long again as one of zstd, but packed and unpacked
// in a fraction of the time; a rerun does little else than unpack.
const (
	formNamed   = 'n' // begins with a head
	formUnnamed = 's' // of earlier programs
	formHead    = 1 + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Packer packs chunks, for one goroutine.
type Packer struct{ scratch []byte }

// PackChunk returns what a chunk holds, which begins with a head, as it is stored.
func (p *Packer) PackChunk(raw []byte) []byte {
	if longest := formHead + s2.MaxEncodedLen(len(raw)); len(p.scratch) < longest {
		p.scratch = make([]byte, longest)
	}
	p.scratch[0] = formNamed
	binary.LittleEndian.PutUint32(p.scratch[1:], crc32.Checksum(raw, castagnoli))
	block := s2.Encode(p.scratch[formHead:], raw)
	return bytes.Clone(p.scratch[:formHead+len(block)])
}

// unpackData gives back what was packed.
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
