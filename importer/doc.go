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
//
// To read it from the beginning to the end:
//
//   - The words: table.go, value.go, record.go; shop.go has the same records as a
//     source gives them, remark.go and run.go what is told about them.
//   - The ports: source.go is the shop, keep.go all that is kept.
//   - Reading: importer.go goes from a connector that is ready to a plan;
//     assembly.go and assemble.go make a snapshot of what comes in any order, and
//     verify.go and announced.go make sure that nothing is lacking. given.go spares
//     the reading of a shop that is as the snapshot before has it.
//   - Planning: plan.go goes through the tables, march.go meets each key of
//     snapshot and catalogue, and decide.go says what becomes of it; warehouses.go
//     and takeover.go are the two hard cases. change.go is one step of a plan.
//   - Applying: guard.go and baseline.go stop it, runner.go does it, makings.go
//     finds in the snapshot what is created.
//   - Looking back: reconcile.go compares anew and reconcile_moved.go says who
//     moved; explain.go and sighting.go follow one SKU from the shop to its row.
//     finder.go looks single records up in a snapshot.
package importer
