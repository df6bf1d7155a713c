package importer

// AppendRecord appends r in the form that snapshots store: each value as its
// length plus one, then its bytes; an absent value as zero, one of a column that was not
// held yet as a zero of two bytes.
func AppendRecord(b []byte, r Record) []byte {
	for _, v := range r {
		b = appendValue(b, v)
	}
	return b
}

// CutRecord reads one record of n values from the front of text and returns the
// rest. The values share text's memory.
func CutRecord(text string, n int) (Record, string, error) {
	record := make(Record, n)
	rest, err := record.cutFrom(text)
	return record, rest, err
}

// cutFrom fills the record from the front of text and returns the rest.
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

// recordEnd tells where the first record of n values ends, -1 when it is cut off.
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
