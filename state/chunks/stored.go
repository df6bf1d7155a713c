package chunks

import "github.com/eshopos/eshopctl/importer"

// Stored is a chunk as a query gives it, unpacked at once: the bytes that it was read
// from need not be kept.
type Stored struct {
	raw   string
	named bool // it begins with a head
	err   error
}

// Scan unpacks what was read from a database. What is wrong with it is said by those
// who read records: database/sql would add words to it.
func (s *Stored) Scan(from any) error {
	data, _ := from.([]byte)
	s.raw, s.err = unpack(data)
	s.named = len(data) > 0 && data[0] == formNamed
	return nil
}

// Err is why the chunk cannot be unpacked, nil when it can.
func (s Stored) Err() error { return s.err }

// Holds reports whether the chunk is that one, to the last byte.
func (s Stored) Holds(r Raw) bool { return s.err == nil && s.raw == string(r.Bytes) }

// Records gives the records of a table that the chunk holds.
func (s Stored) Records(t *importer.Table) (importer.Packed, error) {
	columns, raw, err := s.open(t)
	return importer.NewPacked(raw, importer.LayoutOf(t, columns)), err
}

// open gives the columns of a table that the chunk holds, and what stands behind them.
func (s Stored) open(t *importer.Table) (columns []string, raw string, err error) {
	switch {
	case s.err != nil:
		return nil, "", s.err
	case s.named:
		return cutColumns(t, s.raw)
	}
	return unnamedColumns(t), s.raw, nil
}

// Over gives the records of a table in a chunk that is kept as edits of those in
// another one.
func (s Stored) Over(base Stored, t *importer.Table) (importer.Packed, error) {
	columns, edits, err := s.open(t)
	if err == nil {
		err = base.err
	}
	if err != nil {
		return importer.Packed{}, err
	}
	raw, err := applied(base.raw, edits, len(columns))
	return importer.NewPacked(raw, importer.LayoutOf(t, columns)), err
}
