package state

import (
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// UnusableError says that the state file cannot be used, why, and what to do.
type UnusableError = engine.UnusableError

// AsUnusable turns an error about stored data that nobody has put into words into an
// UnusableError. It returns nil for other errors.
func AsUnusable(err error) *UnusableError { return diagnosis.AsUnusable(err) }
