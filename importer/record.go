package importer

import (
	"crypto/sha256"
	"encoding/binary"
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
		content = appendValue(content, Value{r[i].canonical(column.Type), r[i].present})
	}
	sum := sha256.Sum256(content)
	return Fingerprint(sum[:16])
}

// Equal reports whether two records of t mean the same.
func (t *Table) Equal(a, b Record) bool {
	for i, column := range t.Columns {
		if !a[i].equal(b[i], column.Type) {
			return false
		}
	}
	return true
}

// Invalid says which value of r cannot be stored, or "" when all can.
func (t *Table) Invalid(r Record) string {
	for i, column := range t.Columns {
		if !r[i].validAs(column.Type) {
			return fmt.Sprintf("%s is %.40q", column.Name, r[i].text)
		}
	}
	for _, column := range t.Keys {
		if r[column].text == "" {
			return t.Columns[column].Name + " is empty"
		}
	}
	return ""
}

// AppendRecord appends r in the form that snapshots store: each value as its
// length plus one, then its bytes; an absent value as zero.
func AppendRecord(b []byte, r Record) []byte {
	for _, v := range r {
		b = appendValue(b, v)
	}
	return b
}

func appendValue(b []byte, v Value) []byte {
	if !v.present {
		return append(b, 0)
	}
	b = binary.AppendUvarint(b, uint64(len(v.text))+1)
	return append(b, v.text...)
}

// CutRecord reads one record of n values from the front of text and returns the
// rest. The values share text's memory.
func CutRecord(text string, n int) (Record, string, error) {
	record := make(Record, n)
	for i := range record {
		length, size := uvarint(text)
		if size <= 0 || length > uint64(len(text)-size)+1 {
			return nil, "", fmt.Errorf("a stored record is cut off")
		}
		text = text[size:]
		if length == 0 {
			continue
		}
		record[i] = Value{text[:length-1], true}
		text = text[length-1:]
	}
	return record, text, nil
}

// uvarint is binary.Uvarint for a string.
func uvarint(text string) (value uint64, size int) {
	var head [binary.MaxVarintLen64]byte
	return binary.Uvarint(head[:copy(head[:], text)])
}
