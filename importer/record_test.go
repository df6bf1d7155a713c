package importer

import (
	"strings"
	"testing"
)

// Whatever is cut off a record, at whatever place, is noticed, by all ways to go
// over one.
func TestACutRecordIsNoticed(t *testing.T) {
	record := Record{String("a"), None, String(""), String(strings.Repeat("b", 126)), String(strings.Repeat("c", 127)), String(strings.Repeat("d", 20_000)), None}
	text := string(AppendRecord(nil, record))
	for end := range len(text) + 1 {
		cut, whole := text[:end], end == len(text)
		if got := recordEnd(cut, len(record)); whole != (got == len(text)) || !whole && got != -1 {
			t.Fatalf("%d of %d bytes end at %d", end, len(text), got)
		}
		back, rest, err := CutRecord(cut, len(record))
		if whole != (err == nil) || rest != "" {
			t.Fatalf("%d of %d bytes: %v, %q left", end, len(text), err, rest)
		}
		if whole && string(AppendRecord(nil, back)) != text {
			t.Fatalf("%v came back", back)
		}
	}
}
