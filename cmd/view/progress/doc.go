// Package progress shows on standard error how runs go on: bars on a terminal, lines in a
// log, for one store or for several at once. It is fed as an importer.Reporter.
//
// It may import cmd/view/plain, importer and connector. Begin with reporter.go; fleet.go is
// for several stores, pace.go measures how fast it goes and how long it will take.
package progress
