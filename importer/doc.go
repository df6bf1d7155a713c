// Package importer holds the words of an import and its ports. It has no I/O of its
// own: a Source reads the shop, a Workspace sorts and keeps, a Catalog holds the rows.
// It imports connector only. What is done with the words stands in packages of its own,
// which do not know each other:
//
//	Source ─▶ staging ─▶ Snapshot ─▶ planning ─▶ Plan ─▶ applying ─▶ Catalog
//	          verify,    sorted,     march in    what    one
//	          join       immutable   id order    changes transaction
//
// checking compares a shop with its rows anew and follows one SKU; walk is the way
// through snapshots and rows that all of them go; job strings them together.
//
// Everything is a Record of one of seven Tables. A Table lists its columns once;
// comparing, fingerprinting, storing and showing all follow that list.
//
// The planner cannot write and the runner cannot fetch: the planner holds a
// CatalogReader, which has no method that writes, and the runner holds no Source.
//
// Begin reading with table.go, value.go and record.go; shop.go has the same records as
// a source gives them. plan.go and change.go are what is to be done, run.go and
// remark.go what is told about it. source.go is the port to the shop; snapshot.go,
// workspace.go and catalog.go are those to all that is kept. record_bytes.go, packed_records.go and
// layout.go are the form in which records are kept.
package importer
