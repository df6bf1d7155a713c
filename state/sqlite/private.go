package sqlite

import (
	"os"

	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// keepPrivate takes the rights of group and others away; the log and index
// files of SQLite copy the mode of the main file.
func keepPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return diagnosis.Unusable(path, err)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return &engine.UnusableError{Path: path, Err: err, Why: "others may read or write it, and that cannot be changed: " + given.WithoutPath(err).Error(), Next: diagnosis.AsOwner("600", path)}
	}
	return nil
}
