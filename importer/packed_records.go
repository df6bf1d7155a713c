package importer

// PackedRecords is a sequence of records, one after the other in the form that AppendRecord
// writes.
type PackedRecords struct {
	text   string
	layout Layout
}

// PackedRecordsOf returns the records in text.
func PackedRecordsOf(text string, layout Layout) PackedRecords { return PackedRecords{text, layout} }

// HasNext reports whether there is another record.
func (p *PackedRecords) HasNext() bool { return p.text != "" }

// NextRecord decodes the next record, which must exist. Its values share the memory of the
// sequence.
func (p *PackedRecords) NextRecord() (Record, error) { return p.NextInto(nil) }

// NextInto is NextRecord, reusing the memory of record.
func (p *PackedRecords) NextInto(record Record) (_ Record, err error) {
	record, p.text, err = p.layout.cutInto(record, p.text)
	return record, err
}

// PassSame skips the records with which both sequences begin alike, and returns how many it
// skipped. It does not decode them.
func PassSame(a, b *PackedRecords) (n int, err error) {
	if a.layout.width != b.layout.width || a.layout.from != nil || b.layout.from != nil {
		return 0, nil
	}
	same := sharedPrefix(a.text, b.text)
	at := 0
	for at < same {
		end := recordEnd(a.text[at:], a.layout.width)
		if end < 0 {
			return n, ErrCutOff
		}
		if at+end > same {
			break
		}
		at, n = at+end, n+1
	}
	a.text, b.text = a.text[at:], b.text[at:]
	return n, nil
}

// sharedPrefix returns the length of the longest common prefix in bytes.
func sharedPrefix(a, b string) int {
	const step = 64
	length := min(len(a), len(b))
	at := 0
	for at+step <= length && a[at:at+step] == b[at:at+step] {
		at += step
	}
	for at < length && a[at] == b[at] {
		at++
	}
	return at
}
