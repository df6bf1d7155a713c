package state

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"unsafe"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"

	"github.com/eshopos/eshopctl/importer"
)

// Records and changes are stored in compressed chunks of a few hundred: one row
// for each would cost the disk more than the catalogue itself.
const (
	chunkBytes   = 512 << 10 // a chunk is cut at this size at the latest
	chunkRecords = 512       // on average
	chunkMemory  = 64 << 20  // no honest chunk unpacks to more
)

// packer gathers the records of the next chunk.
type packer struct {
	raw     []byte
	records int
	inStock int
	unsound bool
	last    []byte // key of the last record
}

// add adds a record, which has that key, and reports whether the chunk ends
// behind it.
func (p *packer) add(t *importer.Table, r importer.Record) (ends bool) {
	p.raw = importer.AppendRecord(p.raw, r)
	p.records++
	p.inStock += t.InStock(r)
	p.unsound = p.unsound || !t.Sound(r)
	p.last = t.AppendKey(p.last[:0], r)
	return len(p.raw) >= chunkBytes || endsChunk(p.last)
}

// endsChunk decides by a record's key alone whether a chunk ends behind it, so
// that a record which comes or goes changes one chunk and not all that follow.
func endsChunk(key []byte) bool {
	return crc32.Checksum(key, castagnoli)%chunkRecords == 0
}

// A stored chunk begins with its form and a CRC-32C of what was packed. The block
// of S2 behind them is half as long again as one of zstd, but packed and unpacked
// in a fraction of the time; a rerun does little else than unpack.
const (
	formS2    = 's'
	chunkHead = 1 + crc32.Size
	formZstd  = 0x28 // frames of zstd begin with it: so chunks were stored before schema 9
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encoder packs chunks, for one goroutine.
type encoder struct{ scratch []byte }

// pack returns raw as it is stored.
func (e *encoder) pack(raw []byte) []byte {
	if longest := chunkHead + s2.MaxEncodedLen(len(raw)); len(e.scratch) < longest {
		e.scratch = make([]byte, longest)
	}
	e.scratch[0] = formS2
	binary.LittleEndian.PutUint32(e.scratch[1:], crc32.Checksum(raw, castagnoli))
	block := s2.Encode(e.scratch[chunkHead:], raw)
	return bytes.Clone(e.scratch[:chunkHead+len(block)])
}

var errDamaged = errors.New("a stored chunk is damaged")

// unpack gives back what was packed.
func unpack(data []byte) (string, error) {
	switch {
	case len(data) > 0 && data[0] == formZstd:
		return unpackZstd(data)
	case len(data) < chunkHead || data[0] != formS2:
		return "", errDamaged
	}
	block, sum := data[chunkHead:], binary.LittleEndian.Uint32(data[1:])
	size, err := s2.DecodedLen(block)
	if err != nil || size > chunkMemory {
		return "", errDamaged
	}
	raw, err := s2.Decode(nil, block)
	if err != nil || crc32.Checksum(raw, castagnoli) != sum {
		return "", errDamaged
	}
	return textOf(raw), nil
}

func unpackZstd(data []byte) (string, error) {
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(chunkMemory))
	if err != nil {
		return "", err
	}
	defer decoder.Close()
	raw, err := decoder.DecodeAll(data, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", errDamaged, err)
	}
	return textOf(raw), nil
}

// textOf is raw, which nobody else may have, without the copy that would cost a
// tenth of a preview.
func textOf(raw []byte) string { return unsafe.String(unsafe.SliceData(raw), len(raw)) } // #nosec G103

// stored is a chunk as a query gives it, unpacked at once: the driver's bytes
// need not be kept.
type stored struct {
	raw string
	err error
}

// Scan unpacks what was read from the database.
func (s *stored) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = unpack(data)
	return nil // database/sql would add words to it
}
