package load

import (
	"iter"

	"github.com/eshopos/eshopctl/state/sqlite/memory"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// Rows are rows for a table, in key order.
type Rows struct {
	Columns []string
	Cells   iter.Seq2[[]Cell, error] // the cells of each row, valid until the next row
}

// Cell is a value as SQLite stores it. The zero value is NULL.
type Cell struct {
	kind   kind
	number int64
	text   string
}

type kind uint8

const (
	null kind = iota
	whole
	text
)

// WholeCell returns a cell with a number.
func WholeCell(number int64) Cell { return Cell{kind: whole, number: number} }

// TextCell returns a cell with a text.
func TextCell(of string) Cell { return Cell{kind: text, text: of} }

// isValue reports whether a value of SQLite is the same, in type and to the last byte.
func (c *Cell) isValue(tls *libc.TLS, value uintptr) bool {
	switch sqlite3.Xsqlite3_value_type(tls, value) {
	case sqlite3.SQLITE_NULL:
		return c.kind == null
	case sqlite3.SQLITE_INTEGER:
		return c.kind == whole && sqlite3.Xsqlite3_value_int64(tls, value) == c.number
	case sqlite3.SQLITE_TEXT:
		length := sqlite3.Xsqlite3_value_bytes(tls, value)
		if c.kind != text || int(length) != len(c.text) {
			return false
		}
		// As a BLOB it is read in place; as a text it would be copied.
		return length == 0 || c.text == memory.TextAt(sqlite3.Xsqlite3_value_blob(tls, value), length)
	}
	return false
}
