// Package history tells what earlier runs changed, what they remarked that others did not,
// and what the records are called.
//
// It uses the ports of importer/job and may import what is below that. Begin with
// changes.go; names.go and compare.go are independent of it.
package history
