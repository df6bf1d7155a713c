// Package progress tells on standard error how runs go on while they go on: bars on a
// terminal, lines in a log, for one store or for several at work. It hears of it as an
// importer.Reporter. Begin with reporter.go; pace.go reckons how long it will take.
package progress
