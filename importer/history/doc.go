// Package history tells of earlier runs what they changed, what they remarked that others
// did not, and what people call the records that it was about.
//
// It asks the ports of importer/job, and may import what lies below. Begin with
// changes.go; names.go and compare.go stand for themselves.
package history
