package importer

import "strings"

// Edit is one record in which a chunk differs from an older one: it stands in the
// place of a record of that one, before it, or a record of that one is gone.
type Edit struct {
	At       int    // the number of that record in the older chunk; their number for behind the last
	Replaces bool   // that record is gone
	Record   string // as AppendRecord writes it, "" for none
}

// Apply makes the records of a chunk, which have width values, of those of the
// older one. The edits are in the order of the records.
func Apply(edits []Edit, older string, width int) (string, error) {
	var made strings.Builder
	made.Grow(len(older) + sizeOf(edits))
	at := 0
	for _, edit := range edits {
		passed, err := recordsEnd(older, edit.At-at, width)
		if err != nil {
			return "", err
		}
		made.WriteString(older[:passed])
		made.WriteString(edit.Record)
		older, at = older[passed:], edit.At
		if edit.Replaces {
			if passed, err = recordsEnd(older, 1, width); err != nil {
				return "", err
			}
			older, at = older[passed:], at+1
		}
	}
	made.WriteString(older)
	return made.String(), nil
}

func sizeOf(edits []Edit) (size int) {
	for _, edit := range edits {
		size += len(edit.Record)
	}
	return size
}

// recordsEnd tells where the first n records end.
func recordsEnd(text string, n, width int) (end int, err error) {
	if n < 0 {
		return 0, errCutOff
	}
	for range n {
		length := recordEnd(text[end:], width)
		if length < 0 {
			return 0, errCutOff
		}
		end += length
	}
	return end, nil
}

// Compose makes one list of edits of two: then are edits of what first made.
func Compose(first, then []Edit) []Edit {
	composed := make([]Edit, 0, len(first)+len(then))
	shift := 0 // how many records more there are by now in what first made
	next := func() Edit {
		made := first[0]
		first, shift = first[1:], shift+made.growth()
		return made
	}
	for _, edit := range then {
		for len(first) > 0 && (first[0].At+shift < edit.At || first[0].At+shift == edit.At && first[0].Record == "") {
			composed = append(composed, next())
		}
		if !edit.Replaces || len(first) == 0 || first[0].At+shift > edit.At {
			composed = append(composed, Edit{edit.At - shift, edit.Replaces, edit.Record})
			continue
		}
		made := next() // what it made is what the edit is about
		if made.Record = edit.Record; made.Replaces || made.Record != "" {
			composed = append(composed, made)
		}
	}
	return append(composed, first...)
}

// growth is how many records more there are behind the edit than before.
func (e Edit) growth() (n int) {
	if e.Record != "" {
		n++
	}
	if e.Replaces {
		n--
	}
	return n
}

// AppendEdits appends edits as they are stored.
func AppendEdits(b []byte, edits []Edit) []byte {
	for _, edit := range edits {
		b = AppendRecord(b, Record{Whole(int64(edit.At)), Flag(edit.Replaces), String(edit.Record)})
	}
	return b
}

// CutEdits gives back what AppendEdits wrote.
func CutEdits(text string) (edits []Edit, err error) {
	for text != "" {
		var edit Record
		if edit, text, err = CutRecord(text, 3); err != nil {
			return nil, err
		}
		edits = append(edits, Edit{int(edit[0].Int()), edit[1].Is(true), edit[2].text})
	}
	return edits, nil
}
