package importer

import (
	"encoding/binary"
	"errors"
	"strings"
)

func appendValue(b []byte, v Value) []byte {
	if v.unheld {
		return append(b, unheldMark...)
	}
	if !v.present {
		return append(b, 0)
	}
	if length := len(v.text) + 1; length < 0x80 { // most values are short
		b = append(b, byte(length))
	} else {
		b = binary.AppendUvarint(b, uint64(length))
	}
	return append(b, v.text...)
}

const unheldMark = "\x80\x00"

// ErrCutOff means that stored bytes end in the middle of a record.
var ErrCutOff = errors.New("a stored record is cut off")

// longValue is the lowest first byte of a value whose length takes more than one byte.
const longValue = 0x80

func cutValue(text string) (v Value, rest string, err error) {
	end, start := valueEnd(text)
	if end < 0 {
		return Value{}, "", ErrCutOff
	}
	if strings.HasPrefix(text, unheldMark) {
		return Unheld, text[end:], nil
	}
	return Value{text: text[start:end], present: text[0] != 0}, text[end:], nil
}

// valueEnd returns where the first value of text begins and ends; end is -1 if it is cut
// off.
func valueEnd(text string) (end, start int) {
	if text == "" {
		return -1, 0
	}
	if length := int(text[0]); length < longValue { // most are short
		if end = max(length, 1); end > len(text) {
			return -1, 0
		}
		return end, 1
	}
	if strings.HasPrefix(text, unheldMark) {
		return len(unheldMark), len(unheldMark)
	}
	length, size := readUvarint(text)
	if size <= 0 || length == 0 || length-1 > uint64(len(text)-size) {
		return -1, 0
	}
	return size + int(length-1), size
}

// readUvarint is binary.Uvarint for a string.
func readUvarint(text string) (value uint64, size int) {
	var head [binary.MaxVarintLen64]byte
	return binary.Uvarint(head[:copy(head[:], text)])
}
