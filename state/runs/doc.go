// Package runs stores the history of runs: that they began, how they ended, and which of
// those that count as running have died.
//
// It may import state/workspace, state/locks, state/engine, importer, connector and
// connector/failpoint. Begin with History in history.go; run_id.go makes the ids, check.go
// refuses malformed rows.
package runs
