// Package importer defines the data types of an import and the ports (interfaces) through
// which an import reads and stores. It does no I/O itself: a Source reads the shop, a
// Workspace stores snapshots and plans, a Catalog holds the rows. It imports connector
// only.
//
// The steps of an import are packages of their own, which do not know each other:
//
//	Source ─▶ staging ─▶ Snapshot ─▶ planning ─▶ Plan ─▶ applying ─▶ Catalog
//	          verify,    sorted,     compare     what    one
//	          join       immutable   in order    changes transaction
//
// checking compares a shop with its rows again and explains the stock of one SKU; walk goes
// through snapshots and rows for all of them; job runs the steps.
//
// Everything is a Record of one of seven Tables. A Table lists its columns once; comparing,
// fingerprinting, storing and showing all follow that list.
//
// The planner cannot write and the runner cannot fetch: the planner holds a CatalogReader,
// which has no method that writes, and the runner holds no Source.
//
// Begin with table.go, tables.go, value.go and record.go; shop.go has the records as a
// source gives them. plan.go and change.go say what is to be done, run.go and remark.go
// what is reported. source.go is the port to the shop; snapshot.go, workspace.go and
// catalog.go are the ports to storage. record_bytes.go, packed_records.go and layout.go are
// the stored form of records, which state/chunks packs and state/workspace stores.
package importer
