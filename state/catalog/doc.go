// Package catalog is the catalogue of a store as linked to one account: importer.Catalog in
// SQL. Planning reads it; applying writes it in one transaction.
//
// It may import state/runs, state/workspace, state/chunks, state/tables, state/engine,
// state/sqlite (which loads many rows at once), importer, connector and
// connector/failpoint. Begin with Catalogs in catalog.go; reader.go reads rows,
// references.go checks references between rows, imported.go remembers what was imported,
// writer.go writes single rows and load.go many rows.
package catalog
