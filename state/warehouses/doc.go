// Package warehouses stores which warehouse of a store stands for which location of its
// shop: warehouses are listed, linked, unlinked and merged by hand here. How an import
// matches warehouses and locations is decided in importer/planning.
//
// It may import state/catalog, state/lists, state/tables, state/chunks, state/engine,
// importer/job, importer, connector and connector/failpoint. Begin with Mapping in
// warehouses.go.
package warehouses
