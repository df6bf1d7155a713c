package state

import (
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// UnusableError says that the state file cannot be used, why, and what to do, in
// words.
type UnusableError = engine.UnusableError

// AsUnusable puts an error into words that nobody did before, where it comes from what is
// stored; nil where it does not.
func AsUnusable(err error) *UnusableError { return diagnosis.AsUnusable(err) }
