// Package workspace stores what runs read and planned: snapshots, plans with their remarks,
// and the bulk operations on which a shop is still working. It is importer.Workspace in
// SQL; what is in the chunks is decided in state/chunks. It does not touch the catalogue.
//
// It may import state/chunks, state/extsort, state/engine, importer, connector and its
// helpers failpoint and scratch. Begin with Workspace in workspace.go; snapshot_writer.go
// and plan_writer.go write, snapshots.go and plans.go read, prune.go drops old data.
// chunk_writer.go stores chunks in the background, chunks.go reads them.
package workspace
