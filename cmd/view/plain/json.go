package plain

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"unicode/utf8"
)

// WriteJSON writes v as one indented document. It reads back as v and is inert on a
// terminal: what Line would show as a code point is written as an escape.
func WriteJSON(w io.Writer, v any) error {
	encoded, err := EncodeJSON(v)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, encoded, "", "  "); err != nil {
		return err
	}
	_, err = w.Write(append(harmlessJSON(indented.Bytes()), '\n'))
	return err
}

// WriteJSONLine writes v as one line, inert like WriteJSON.
func WriteJSONLine(w io.Writer, v any) error {
	encoded, err := EncodeJSON(v)
	if err != nil {
		return err
	}
	_, err = w.Write(append(harmlessJSON(encoded), '\n'))
	return err
}

// WriteJSONLines writes each element as a line.
func WriteJSONLines(w io.Writer, elements iter.Seq2[any, error]) error {
	out := bufio.NewWriter(w)
	for element, err := range elements {
		if err == nil {
			err = WriteJSONLine(out, element)
		}
		if err != nil {
			return errors.Join(err, out.Flush())
		}
	}
	return out.Flush()
}

// WriteJSONList writes one document, like WriteJSON, that has a list below name, and holds
// one element at a time. Nothing is written before the first element is there;
// begun says whether anything was.
func WriteJSONList(w io.Writer, name string, elements iter.Seq2[any, error]) (begun bool, err error) {
	out := bufio.NewWriter(w)
	between := fmt.Sprintf("{\n  %q: [\n    ", name)
	for element, err := range elements {
		if err == nil {
			err = writeElement(out, between, element)
		}
		if err != nil {
			return begun, errors.Join(err, out.Flush())
		}
		begun, between = true, ",\n    "
	}
	if begun {
		_, err = out.WriteString("\n  ]\n}\n")
	} else {
		_, err = fmt.Fprintf(out, "{\n  %q: []\n}\n", name)
	}
	return begun, errors.Join(err, out.Flush())
}

func writeElement(out *bufio.Writer, between string, element any) error {
	encoded, err := EncodeJSON(element)
	if err != nil {
		return err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, encoded, "    ", "  "); err != nil {
		return err
	}
	_, err = out.WriteString(between)
	return errors.Join(err, writeAll(out, harmlessJSON(indented.Bytes())))
}

func writeAll(w io.Writer, text []byte) error {
	_, err := w.Write(text)
	return err
}

// EncodeJSON is a value on one line, without the escapes that HTML needs.
func EncodeJSON(v any) ([]byte, error) {
	var encoded bytes.Buffer
	encoder := json.NewEncoder(&encoded)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSuffix(encoded.Bytes(), []byte{'\n'}), err
}

// harmlessJSON escapes what JSON leaves raw and a terminal may obey or be fooled by.
// Outside of strings there is nothing of the kind, so the value stays the same.
func harmlessJSON(encoded []byte) []byte {
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
