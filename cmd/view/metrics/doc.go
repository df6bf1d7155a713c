// Package metrics writes how stores are in the text format of Prometheus, from the cards
// and runs that cmd/view shows. Names of metrics are a contract: add, never rename.
package metrics
