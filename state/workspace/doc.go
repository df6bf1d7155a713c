// Package workspace keeps what runs read and planned: snapshots, plans with their remarks,
// and the bulk operations that a shop still works at. It is importer.Workspace in SQL; what
// stands in the chunks is chunks' business. Nothing here touches the catalogue.
//
// It may import state/chunks, state/extsort, state/engine, importer, connector and its
// helpers failpoint and scratch. Begin with Workspace in workspace.go; snapshots.go and
// plans.go are written and read, prune.go forgets.
package workspace
