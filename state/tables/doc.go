// Package tables is the importer's tables in SQL: their columns, keys and conditions, and
// the conversion of values to and from rows. It runs no SQL.
//
// It may import state/engine and importer. Begin with Table in table.go.
package tables
