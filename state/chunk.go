package state

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"unsafe"

	"github.com/klauspost/compress/s2"

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
	head    []byte // of each chunk
	raw     []byte // the head and the records
	records int
	inStock int
	unsound bool
	last    []byte // key of the last record
}

func newPacker(t *importer.Table) *packer { return &packer{head: columnHead(t)} }

// add adds a record, which has that key, and reports whether the chunk ends
// behind it.
func (p *packer) add(t *importer.Table, r importer.Record) (ends bool) {
	if p.records == 0 {
		p.raw = append(p.raw[:0], p.head...)
	}
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
		return nil, "", fmt.Errorf("%w: it is not of %s", errDamaged, t.Name)
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
	formNamed = 'n' // begins with a head
	formS2    = 's'
	chunkHead = 1 + crc32.Size
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// encoder packs chunks, for one goroutine.
type encoder struct{ scratch []byte }

// pack returns raw as it is stored.
func (e *encoder) pack(raw []byte) []byte {
	if longest := chunkHead + s2.MaxEncodedLen(len(raw)); len(e.scratch) < longest {
		e.scratch = make([]byte, longest)
	}
	e.scratch[0] = formNamed
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
	case len(data) < chunkHead || data[0] != formS2 && data[0] != formNamed:
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

// textOf is raw, which nobody else may have, without the copy that would cost a
// tenth of a preview.
func textOf(raw []byte) string { return unsafe.String(unsafe.SliceData(raw), len(raw)) } // #nosec G103

// stored is a chunk as a query gives it, unpacked at once: the driver's bytes
// need not be kept.
type stored struct {
	raw   string
	named bool // it begins with a head
	err   error
}

// open gives the columns of a table that the chunk holds, and what stands behind them.
func (s stored) open(t *importer.Table) (columns []string, raw string, err error) {
	switch {
	case s.err != nil:
		return nil, "", s.err
	case s.named:
		return cutColumns(t, s.raw)
	}
	return unnamedColumns(t), s.raw, nil
}

// records gives the records of a chunk of the table.
func (db *DB) records(ctx context.Context, t *importer.Table, digest string) (records importer.Packed, err error) {
	chunk, err := db.stored(ctx, digest)
	if err != nil {
		return records, err
	}
	columns, raw, err := chunk.open(t)
	if err == nil && chunk.base != "" {
		raw, err = db.edited(ctx, chunk.base, raw, len(columns))
	}
	return importer.Pack(raw, t.LaidOut(columns)), err
}

// stored unpacks what is stored of a chunk.
func (db *DB) stored(ctx context.Context, digest string) (chunk storedChunk, err error) {
	err = db.often.QueryRowContext(ctx, "SELECT data, coalesce(base, '') FROM chunks WHERE digest = ?", []byte(digest)).Scan(&chunk.stored, &chunk.base)
	if errors.Is(err, sql.ErrNoRows) {
		return chunk, errChunkGone
	}
	return chunk, cmp.Or(unusable(db.path, err), chunk.err)
}

// storedChunk is a chunk of a snapshot.
type storedChunk struct {
	stored
	base string // digest of the chunk that this one is edits of, "" for most
}

var errChunkGone = errors.New("a stored chunk is gone")

// Scan unpacks what was read from the database.
func (s *stored) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = unpack(data)
	s.named = len(data) > 0 && data[0] == formNamed
	return nil // database/sql would add words to it
}
