package state

import (
	"fmt"
	"hash/fnv"
	"iter"

	"github.com/klauspost/compress/zstd"

	"github.com/eshopos/eshopctl/importer"
)

// Records and changes are stored in compressed chunks of a few hundred: one row
// for each would cost the disk more than the catalogue itself.
const (
	chunkBytes   = 256 << 10 // a chunk is cut at this size at the latest
	chunkRecords = 256       // on average
	chunkMemory  = 64 << 20  // no honest chunk unpacks to more
)

// packer turns records into chunks.
type packer struct {
	raw     []byte
	encoder *zstd.Encoder
}

func newPacker() *packer {
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // only for options that do not fit together
	}
	return &packer{encoder: encoder}
}

func (p *packer) add(r importer.Record) { p.raw = importer.AppendRecord(p.raw, r) }

func (p *packer) full() bool { return len(p.raw) >= chunkBytes }

// pack returns the compressed chunk; the raw one stays until reset.
func (p *packer) pack() []byte { return p.encoder.EncodeAll(p.raw, nil) }

func (p *packer) reset() { p.raw = p.raw[:0] }

// endsChunk decides by a record's key alone whether a chunk ends behind it, so
// that a record which comes or goes changes one chunk and not all that follow.
func endsChunk(key string) bool {
	hash := fnv.New32a()
	_, _ = hash.Write([]byte(key))
	return hash.Sum32()%chunkRecords == 0
}

// unpack gives the records of a chunk, each of the number of values that width
// tells from what comes next.
func unpack(data []byte, width func(rest string) int) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(chunkMemory))
		if err != nil {
			yield(nil, err)
			return
		}
		defer decoder.Close()
		raw, err := decoder.DecodeAll(data, nil)
		if err != nil {
			yield(nil, fmt.Errorf("a stored chunk is damaged: %w", err))
			return
		}
		for rest := string(raw); rest != ""; {
			var record importer.Record
			record, rest, err = importer.CutRecord(rest, width(rest))
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}
