// Package runs keeps the history of runs: that they began, how they ended, and which of
// those that seem to be at work have died.
//
// It may import state/workspace, state/locks, state/engine, importer, connector and
// connector/failpoint. Begin with History in history.go; run_id.go draws the ids.
package runs
