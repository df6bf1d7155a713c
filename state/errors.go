package state

import (
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// UnusableError says that the state file cannot be used, why, and what to do, in
// words.
type UnusableError = sqlite.UnusableError

// unusable puts an error of the engine or the file system into words.
func unusable(path string, err error) error {
	if isRefusal(err) {
		return err
	}
	return sqlite.Unusable(path, err)
}

// isRefusal reports whether an error is about what was asked for: the file is well.
func isRefusal(err error) bool {
	refusals := []error{job.ErrNoWarehouse, job.ErrTwoWarehouses, job.ErrSameWarehouse, job.ErrTwoPlaces, job.ErrMergeChanged, job.ErrLinked, job.ErrUnlinked}
	return slices.ContainsFunc(refusals, func(refusal error) bool { return errors.Is(err, refusal) })
}
