package graph

import (
	"encoding/json"
	"strconv"
	"unicode/utf8"
)

// Raw is JSON that is sent as it stands.
type Raw string

// Record is an object of the answer; its keys stay in the order in which the document asks for them.
type Record struct {
	Keys   []string
	Values []any
}

// Put adds a key with its value at the end.
func (r *Record) Put(key string, value any) {
	r.Keys = append(r.Keys, key)
	r.Values = append(r.Values, value)
}

// MarshalJSON writes the record with its keys in order.
func (r *Record) MarshalJSON() ([]byte, error) {
	return appendRecord(nil, r)
}

func appendRecord(b []byte, r *Record) ([]byte, error) {
	var err error
	b = append(b, '{')
	for i, key := range r.Keys {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendText(b, key), ':')
		if b, err = AppendValue(b, r.Values[i]); err != nil {
			return nil, err
		}
	}
	return append(b, '}'), nil
}

// AppendValue writes a value of an answer as JSON.
func AppendValue(b []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case nil:
		return append(b, "null"...), nil
	case Raw:
		return append(b, v...), nil
	case *Record:
		return appendRecord(b, v)
	case []any:
		return appendList(b, v)
	case string:
		return appendText(b, v), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	}
	text, err := json.Marshal(value)
	return append(b, text...), err
}

func appendList(b []byte, items []any) ([]byte, error) {
	var err error
	b = append(b, '[')
	for i, item := range items {
		if i > 0 {
			b = append(b, ',')
		}
		if b, err = AppendValue(b, item); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

// appendText writes a JSON string; unlike encoding/json it leaves HTML alone, as Shopify does.
func appendText(b []byte, text string) []byte {
	b = append(b, '"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < 0x20 || r == 0x7f || r == 0x2028 || r == 0x2029:
			b = append(b, `\u`...)
			b = append(b, hexDigits(uint32(r))...)
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}

func hexDigits(r uint32) string {
	const digits = "0123456789abcdef"
	return string([]byte{digits[r>>12&15], digits[r>>8&15], digits[r>>4&15], digits[r&15]})
}
