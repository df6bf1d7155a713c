// Package importer says what an import means. It has no I/O of its own: a
// Source reads the shop, a Workspace sorts and keeps, a Catalog holds the rows.
//
//	Source ─▶ Assembly ─▶ Snapshot ─▶ Planner ─▶ Plan ─▶ Runner ─▶ Catalog
//	          verify,      sorted,     march in    what     one
//	          join         immutable   id order    changes  transaction
//
// Everything is a Record of one of seven Tables. A Table lists its columns
// once; comparing, fingerprinting, storing and showing all follow that list.
//
// The planner cannot write and the runner cannot fetch: the planner holds a
// Reader, which has no method that writes, and the runner holds no Source.
package importer
