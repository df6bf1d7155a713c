// Package warehouses keeps which warehouse of a store stands for which location of its
// shop: they are listed, linked, unlinked and merged.
//
// It may import state/catalog, state/lists, state/tables, state/chunks, state/engine,
// importer/job, importer, connector and connector/failpoint. Begin with Mapping in
// warehouses.go.
package warehouses
