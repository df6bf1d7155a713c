// Package registry stores the connectors of stores, the accounts to which they were ever
// linked, and their sealed secrets: connector.Registry in SQL.
//
// It may import state/vault, state/locks, state/engine and connector. Begin with Registry
// in connectors.go; install.go makes a connector live, secrets.go opens and replaces its
// secrets.
package registry
