package chunks

import "github.com/eshopos/eshopctl/importer"

// Content is a stored chunk as a query returns it. Scan unpacks it at once, so that the
// bytes that were read need not be kept.
type Content struct {
	raw   string
	named bool // raw begins with a head
	err   error
}

// Scan unpacks a stored chunk. It reports errors through the other methods, because
// database/sql would add words of its own.
func (s *Content) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = unpackData(data)
	s.named = len(data) > 0 && data[0] == formNamed
	return nil
}

// Err returns why the chunk cannot be unpacked, nil if it can.
func (s Content) Err() error { return s.err }

// IsRaw reports whether the chunk equals r to the last byte.
func (s Content) IsRaw(r RawChunk) bool { return s.err == nil && s.raw == string(r.Bytes) }

// Records returns the records of a table in the chunk.
func (s Content) Records(t *importer.Table) (importer.PackedRecords, error) {
	columns, raw, err := s.cutHead(t)
	return importer.PackedRecordsOf(raw, importer.LayoutOf(t, columns)), err
}

// cutHead returns the columns of the chunk and what follows the head.
func (s Content) cutHead(t *importer.Table) (columns []string, raw string, err error) {
	switch {
	case s.err != nil:
		return nil, "", s.err
	case s.named:
		return cutColumns(t, s.raw)
	}
	return unnamedColumns(t), s.raw, nil
}

// RecordsOver returns the records of a table in a chunk that is a list of edits to base.
func (s Content) RecordsOver(base Content, t *importer.Table) (importer.PackedRecords, error) {
	columns, edits, err := s.cutHead(t)
	if err == nil {
		err = base.err
	}
	if err != nil {
		return importer.PackedRecords{}, err
	}
	raw, err := applyEdits(base.raw, edits, len(columns))
	return importer.PackedRecordsOf(raw, importer.LayoutOf(t, columns)), err
}
