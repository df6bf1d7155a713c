package chunks

import "github.com/eshopos/eshopctl/importer"

// Content is a chunk as a query gives it, unpacked at once: the bytes that it was read
// from need not be kept.
type Content struct {
	raw   string
	named bool // it begins with a head
	err   error
}

// Scan unpacks what was read from a database. What is wrong with it is said by those
// who read records: database/sql would add words to it.
func (s *Content) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = unpackData(data)
	s.named = len(data) > 0 && data[0] == formNamed
	return nil
}

// Err is why the chunk cannot be unpacked, nil when it can.
func (s Content) Err() error { return s.err }

// IsRaw reports whether the chunk is that one, to the last byte.
func (s Content) IsRaw(r RawChunk) bool { return s.err == nil && s.raw == string(r.Bytes) }

// Records gives the records of a table that the chunk holds.
func (s Content) Records(t *importer.Table) (importer.PackedRecords, error) {
	columns, raw, err := s.cutHead(t)
	return importer.PackedRecordsOf(raw, importer.LayoutOf(t, columns)), err
}

// cutHead gives the columns of a table that the chunk holds, and what stands behind them.
func (s Content) cutHead(t *importer.Table) (columns []string, raw string, err error) {
	switch {
	case s.err != nil:
		return nil, "", s.err
	case s.named:
		return cutColumns(t, s.raw)
	}
	return unnamedColumns(t), s.raw, nil
}

// RecordsOver gives the records of a table in a chunk that is kept as edits of those in
// another one.
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
