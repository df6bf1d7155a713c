package state

import (
	"fmt"
	"hash/fnv"
	"sync"
	"unsafe"

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

// newEncoder returns what compresses chunks, for one goroutine.
func newEncoder() *zstd.Encoder {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(chunkBytes), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // only for options that do not fit together
	}
	return encoder
}

// endsChunk decides by a record's key alone whether a chunk ends behind it, so
// that a record which comes or goes changes one chunk and not all that follow.
func endsChunk(key []byte) bool {
	hash := fnv.New32a()
	_, _ = hash.Write(key)
	return hash.Sum32()%chunkRecords == 0
}

// decoders unpacks chunks; it is safe for concurrent use.
type decoders struct{ pool sync.Pool }

// unpack gives back what was compressed.
func (d *decoders) unpack(data []byte) (string, error) {
	decoder, ok := d.pool.Get().(*zstd.Decoder)
	if !ok {
		var err error
		if decoder, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(chunkMemory)); err != nil {
			return "", err
		}
	}
	defer d.pool.Put(decoder)
	raw, err := decoder.DecodeAll(data, nil)
	if err != nil {
		return "", fmt.Errorf("a stored chunk is damaged: %w", err)
	}
	return unsafe.String(unsafe.SliceData(raw), len(raw)), nil // #nosec G103 -- nobody else has raw, and a copy would cost a tenth of a preview
}

// stored is a chunk as a query gives it, unpacked at once: the driver's bytes
// need not be kept.
type stored struct {
	decoders *decoders
	raw      string
	err      error
}

// Scan unpacks what was read from the database.
func (s *stored) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = s.decoders.unpack(data)
	return nil // database/sql would add words to it
}
