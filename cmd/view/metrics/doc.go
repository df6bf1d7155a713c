// Package metrics writes the state of stores in the text format of Prometheus, from the
// cards and runs that cmd/view shows. The names of metrics are a contract: add, never
// rename.
//
// It may import cmd/view and cmd/view/words. All of it stands in metrics.go.
package metrics
