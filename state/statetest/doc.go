// Package statetest is the test suite for the laws of the state: every engine must pass it.
// It uses the ports of the use cases and changes rows as other programs do. It knows
// nothing of any engine.
//
// Begin with run.go, which lists the laws and their tests, and bench.go, which has a store
// and a shop to import. sequences.go makes random stories, whose laws are in
// sequence_laws.go.
package statetest
