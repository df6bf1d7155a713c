// Package tables is the tables of the importer in SQL: their columns, keys and conditions,
// and values on their way into a row and out of it. It runs no SQL.
//
// It may import state/engine and importer. Begin with Table in table.go.
package tables
