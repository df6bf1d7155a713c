// Package registry keeps the connectors of stores, the accounts that they were ever linked
// to, and their sealed secrets: it is connector.Registry in SQL.
//
// It may import state/vault, state/locks, state/engine and connector. Begin with Registry
// in connectors.go; install.go makes a connector live, secrets.go opens and replaces what
// it keeps secret.
package registry
