// Package locks keeps runs apart: one at a time on a store, one at a time that writes the
// catalogue, one that renews a store's tokens. The locks are the engine's; who took one
// last is stored with the state.
//
// It may import state/sqlite, state/engine, importer/job and connector. Begin with Locks in
// lock.go.
package locks
