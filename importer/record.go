package importer

import (
	"crypto/sha256"
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
	keys := keysOf(t)
	for i, v := range r {
		if !keys.Has(i) {
			b = appendValue(b, v)
		}
	}
	return b
}

// CutBesideKey fills a record from its key and what was said beside it.
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

// InvalidValue says which value of r, as a shop gave it, cannot be stored, or "" when
// all can. What is no decimal text was made here and is in order.
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

// isNot says that a value of the column is none.
func (c Column) isNot(v Value) string {
	if c.Personal {
		return c.Name + " is no number"
	}
	return fmt.Sprintf("%s is %.40q", c.Name, v.text)
}

// IsUnfit reports whether the record is one that does not fit.
func (t *Table) IsUnfit(r Record) bool { return strings.HasPrefix(r[t.Reason].text, unfitMark) }

// MarkUnfit notes in the record that begins there why it does not fit.
func (t *Table) MarkUnfit(r Record, from int, why string) Record {
	if why != "" {
		r[from+t.Reason] = String(unfitMark + why)
	}
	return r
}
