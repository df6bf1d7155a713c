package importer

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Record is one row of a table, its values in the order of the columns.
type Record []Value

// Fingerprint stands for the content of a record: equal content, however the
// shop wrote it, has an equal fingerprint. It is half a SHA-256 because a shop
// may be hostile and must not be able to hide a change.
type Fingerprint [16]byte

// Key identifies a record of t within one external account: the key columns,
// joined by a byte that no text of a shop can hold. Keys sort as their columns
// would.
func (t *Table) Key(r Record) string {
	if len(t.Keys) == 1 {
		return r[t.Keys[0]].text
	}
	parts := make([]string, len(t.Keys))
	for i, column := range t.Keys {
		parts[i] = r[column].text
	}
	return JoinKey(parts...)
}

// AppendKey appends the key of r.
func (t *Table) AppendKey(b []byte, r Record) []byte {
	for i, column := range t.Keys {
		if i > 0 {
			b = append(b, keySeparator...)
		}
		b = append(b, r[column].text...)
	}
	return b
}

// AppendBesideKey appends what a record, and what stands behind its columns, says
// beside the key.
func (t *Table) AppendBesideKey(b []byte, r Record) []byte {
	keys := t.keys()
	for i, v := range r {
		if !keys.Has(i) {
			b = appendValue(b, v)
		}
	}
	return b
}

// CutBesideKey fills a record from its key and what was said beside it.
func (t *Table) CutBesideKey(r Record, key, beside string) (err error) {
	keys := t.keys()
	for i := range r {
		if keys.Has(i) {
			continue
		}
		if r[i], beside, err = cutValue(beside); err != nil {
			return err
		}
	}
	for _, column := range t.Keys {
		r[column].present = true
		r[column].text, key, _ = strings.Cut(key, keySeparator)
	}
	return nil
}

// CompareKeys orders records as their keys would be.
func (t *Table) CompareKeys(a, b Record) int {
	for _, column := range t.Keys {
		if order := strings.Compare(a[column].text, b[column].text); order != 0 {
			return order
		}
	}
	return 0
}

// KeyRecord is a record that has that key, and nothing else.
func (t *Table) KeyRecord(key string) Record {
	r := make(Record, len(t.Columns))
	for i, part := range SplitKey(key) {
		r[t.Keys[i]] = String(part)
	}
	return r
}

const keySeparator = "\x00"

// JoinKey makes a key from the values of the key columns.
func JoinKey(parts ...string) string { return strings.Join(parts, keySeparator) }

// SplitKey gives the values of the key columns back.
func SplitKey(key string) []string { return strings.Split(key, keySeparator) }

// ShowKey is a key as people and scripts see it: its parts with a space
// between.
func ShowKey(key string) string { return strings.ReplaceAll(key, keySeparator, " ") }

// Fingerprint returns the fingerprint of r.
func (t *Table) Fingerprint(r Record) Fingerprint {
	var buffer [1024]byte
	content := buffer[:0]
	for i, column := range t.Columns {
		content = appendValue(content, Value{text: r[i].canonical(column.Type), present: r[i].present})
	}
	sum := sha256.Sum256(content)
	return Fingerprint(sum[:16])
}

// Equal reports whether two records of t mean the same.
func (t *Table) Equal(a, b Record) bool {
	for i, column := range t.Columns {
		if !a[i].Equal(b[i], column.Type) {
			return false
		}
	}
	return true
}

// Invalid says which value of r, as a shop gave it, cannot be stored, or "" when
// all can. What is no decimal text was made here and is in order.
func (t *Table) Invalid(r Record) string {
	if t.Unfits(r) {
		return r[t.Reason].text[len(unfitMark):]
	}
	for i, column := range t.Columns {
		if (column.Type == Number || column.Type == Money) && r[i].present && !isDecimal(r[i].text) {
			return column.isNot(r[i])
		}
	}
	for _, column := range t.Keys {
		if r[column].text == "" {
			return t.Columns[column].Name + " is empty"
		}
	}
	return ""
}

// isNot says that a value of the column is none.
func (c Column) isNot(v Value) string {
	if c.Personal {
		return c.Name + " is no number"
	}
	return fmt.Sprintf("%s is %.40q", c.Name, v.text)
}

// Unfits reports whether the record is one that does not fit.
func (t *Table) Unfits(r Record) bool { return strings.HasPrefix(r[t.Reason].text, unfitMark) }

// Sound reports whether nothing in r hinders its import, as far as r alone shows:
// its values can be stored, and it names its parents.
func (t *Table) Sound(r Record) bool {
	for parent := range t.ParentsOf(r) {
		if r[parent.Column].text == "" {
			return false
		}
	}
	return !t.Astray(r) && t.Invalid(r) == ""
}

// AppendRecord appends r in the form that snapshots store: each value as its
// length plus one, then its bytes; an absent value as zero, one of a column that was not
// held yet as a zero of two bytes.
func AppendRecord(b []byte, r Record) []byte {
	for _, v := range r {
		b = appendValue(b, v)
	}
	return b
}

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

var ErrCutOff = errors.New("a stored record is cut off")

// CutRecord reads one record of n values from the front of text and returns the
// rest. The values share text's memory.
func CutRecord(text string, n int) (Record, string, error) {
	record := make(Record, n)
	rest, err := record.cut(text)
	return record, rest, err
}

// cut fills the record from the front of text and returns the rest.
func (r Record) cut(text string) (rest string, err error) {
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

// longValue is the first byte of values whose length takes more than one.
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

// valueEnd tells where the first value of text begins and ends; end is -1 when it
// is cut off.
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
	length, size := uvarint(text)
	if size <= 0 || length == 0 || length-1 > uint64(len(text)-size) {
		return -1, 0
	}
	return size + int(length-1), size
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

// Packed are records one behind the other in the form that AppendRecord writes.
type Packed struct {
	text   string
	layout Layout
}

// Pack makes records of text.
func Pack(text string, layout Layout) Packed { return Packed{text, layout} }

// More reports whether there is another record.
func (p *Packed) More() bool { return p.text != "" }

// Next takes the next record, of which there must be one. It shares the memory
// of all.
func (p *Packed) Next() (Record, error) { return p.NextInto(nil) }

// NextInto is Next in the memory of a record, if that has room.
func (p *Packed) NextInto(record Record) (_ Record, err error) {
	record, p.text, err = p.layout.cut(record, p.text)
	return record, err
}

// PassSame goes over the records that two begin with alike, and tells how many
// these were.
func PassSame(a, b *Packed) (n int, err error) {
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

// sharedPrefix is how many bytes two texts begin with alike.
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

// uvarint is binary.Uvarint for a string.
func uvarint(text string) (value uint64, size int) {
	var head [binary.MaxVarintLen64]byte
	return binary.Uvarint(head[:copy(head[:], text)])
}
