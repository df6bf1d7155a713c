package importer

import (
	"crypto/sha256"
	"fmt"
	"strings"
)

// Record is one row of a table: its values in the order of the columns.
type Record []Value

// Fingerprint stands for the content of a record: records that mean the same have the same
// fingerprint, however the shop wrote their values. It is half a SHA-256, so that a hostile
// shop cannot hide a change.
type Fingerprint [16]byte

// Key returns the key that identifies a record of t within one external account: its key
// columns, joined by a byte that no text of a shop can contain. Keys sort like their
// columns.
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

// AppendKey appends Key(r) to b.
func (t *Table) AppendKey(b []byte, r Record) []byte {
	for i, column := range t.Keys {
		if i > 0 {
			b = append(b, keySeparator...)
		}
		b = append(b, r[column].text...)
	}
	return b
}

// AppendBesideKey appends all values of r that are not in its key, including those that
// follow the columns of t.
func (t *Table) AppendBesideKey(b []byte, r Record) []byte {
	keys := keysOf(t)
	for i, v := range r {
		if !keys.Has(i) {
			b = appendValue(b, v)
		}
	}
	return b
}

// CutBesideKey fills r from its key and from what AppendBesideKey wrote.
func (t *Table) CutBesideKey(r Record, key, beside string) (err error) {
	keys := keysOf(t)
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

// CompareKeys compares two records like their keys.
func (t *Table) CompareKeys(a, b Record) int {
	for _, column := range t.Keys {
		if order := strings.Compare(a[column].text, b[column].text); order != 0 {
			return order
		}
	}
	return 0
}

// KeyRecord returns a record with that key and no other values.
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

// SplitKey returns the values of the key columns.
func SplitKey(key string) []string { return strings.Split(key, keySeparator) }

// ShowKey returns a key as people and scripts see it: its parts separated by a space.
func ShowKey(key string) string { return strings.ReplaceAll(key, keySeparator, " ") }

// Fingerprint returns the fingerprint of r.
func (t *Table) Fingerprint(r Record) Fingerprint {
	var buffer [1024]byte
	content := buffer[:0]
	for i, column := range t.Columns {
		content = appendValue(content, Value{text: r[i].canonicalText(column.Type), present: r[i].present})
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

// InvalidValue says which value of r, as the shop gave it, cannot be stored, "" if all can.
// Only text of the shop is checked: other values are made by this program.
func (t *Table) InvalidValue(r Record) string {
	if t.IsUnfit(r) {
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

// isNot says that v is not a number. It does not quote personal values.
func (c Column) isNot(v Value) string {
	if c.Personal {
		return c.Name + " is no number"
	}
	return fmt.Sprintf("%s is %.40q", c.Name, v.text)
}

// IsUnfit reports whether MarkUnfit marked the record.
func (t *Table) IsUnfit(r Record) bool { return strings.HasPrefix(r[t.Reason].text, unfitMark) }

// MarkUnfit notes in the record that begins at index from of r why it cannot be imported.
// Without a reason it does nothing.
func (t *Table) MarkUnfit(r Record, from int, why string) Record {
	if why != "" {
		r[from+t.Reason] = String(unfitMark + why)
	}
	return r
}
