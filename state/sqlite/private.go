package sqlite

import (
	"os"

	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// keepPrivate removes the permissions of group and others. SQLite gives its log and index
// files the mode of the main file.
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
