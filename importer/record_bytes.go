package importer

// AppendRecord appends r in the form in which snapshots store records: each value as its
// length plus one, followed by its bytes. An absent value is a zero; an Unheld one is
// unheldMark.
func AppendRecord(b []byte, r Record) []byte {
	for _, v := range r {
		b = appendValue(b, v)
	}
	return b
}

// CutRecord decodes a record of n values from the beginning of text and returns the rest.
// The values share the memory of text.
func CutRecord(text string, n int) (Record, string, error) {
	record := make(Record, n)
	rest, err := record.cutFrom(text)
	return record, rest, err
}

// cutFrom decodes the values of r from the beginning of text and returns the rest.
func (r Record) cutFrom(text string) (rest string, err error) {
	for i := range r {
		if text == "" {
			return "", ErrCutOff
		}
		switch length := int(text[0]); {
		case length == 0:
			r[i], text = None, text[1:]
		case length < longValue && length <= len(text):
			r[i], text = String(text[1:length]), text[length:]
		default:
			if r[i], text, err = cutValue(text); err != nil {
				return "", err
			}
		}
	}
	return text, nil
}

// recordEnd returns where the first record of n values in text ends, -1 if it is cut off.
func recordEnd(text string, n int) int {
	at := 0
	for range n {
		if at >= len(text) {
			return -1
		}
		if length := int(text[at]); length < longValue {
			at += max(length, 1)
			continue
		}
		end, _ := valueEnd(text[at:])
		if end < 0 {
			return -1
		}
		at += end
	}
	if at > len(text) {
		return -1
	}
	return at
}
