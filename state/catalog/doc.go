// Package catalog is the catalogue of a store as linked to one account: importer.Catalog
// in SQL. Who plans reads it, and who runs writes it in one transaction.
//
// It may import state/runs, state/workspace, state/chunks, state/tables, state/engine,
// state/sqlite, which loads many rows at a time, importer, connector and
// connector/failpoint. Begin with Catalogs in catalog.go; reader.go reads, writer.go writes
// row by row, load.go many rows.
package catalog
