package view

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"unicode/utf8"
)

// JSON writes v as one indented document. It reads back as v and is inert on a
// terminal: what Line would show as a code point is written as an escape.
func JSON(w io.Writer, v any) error {
	encoded, err := encode(v)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, encoded, "", "  "); err != nil {
		return err
	}
	_, err = w.Write(append(harmless(indented.Bytes()), '\n'))
	return err
}

// JSONLine writes v as one line, inert like JSON.
func JSONLine(w io.Writer, v any) error {
	encoded, err := encode(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(harmless(encoded), '\n'))
	return err
}

func encode(v any) ([]byte, error) {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(encoded.Bytes(), []byte{'\n'}), err
}

// harmless escapes what JSON leaves raw and a terminal may obey or be fooled by.
// Outside of strings there is nothing of the kind, so the value stays the same.
func harmless(encoded []byte) []byte {
	if isPlainJSON(encoded) {
		return encoded
	}
	safe := make([]byte, 0, len(encoded)+16)
	for len(encoded) > 0 {
		r, size := utf8.DecodeRune(encoded)
		switch {
		case r == utf8.RuneError && size == 1: // another program may have edited the row
			safe = append(safe, `\ufffd`...)
		case r == 0x7f || isSpoofing(r):
			safe = appendEscaped(safe, r)
		default:
			safe = append(safe, encoded[:size]...)
		}
		encoded = encoded[size:]
	}
	return safe
}

func isPlainJSON(encoded []byte) bool {
	for _, b := range encoded {
		if b >= 0x7f {
			return false
		}
	}
	return true
}

func appendEscaped(b []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		return fmt.Appendf(b, `\u%04x\u%04x`, 0xd800+(r>>10), 0xdc00+(r&0x3ff))
	}
	return fmt.Appendf(b, `\u%04x`, r)
}
