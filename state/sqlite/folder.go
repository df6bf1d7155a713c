package sqlite

import (
	"os"
	"path/filepath"

	"github.com/eshopos/eshopctl/connector/given"
)

// MakeFolder makes a folder that only its owner may enter, and those above it that
// are not there, and makes sure that they stay on the disk.
func MakeFolder(path string) error {
	var made []string
	for above := path; ; above = filepath.Dir(above) {
		if _, err := os.Lstat(above); err == nil || above == filepath.Dir(above) {
			break
		}
		made = append(made, above)
	}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return err
	}
	for _, folder := range made {
		if err := SyncFolder(filepath.Dir(folder)); err != nil {
			return err
		}
	}
	return nil
}

// SyncFolder makes sure that names which were given in a folder stay on the disk.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return nil // not every system lets a folder be opened; the file itself is synced
	}
	defer folder.Close()
	_ = folder.Sync()
	return nil
}

// keepPrivate takes the rights of group and others away; the log and index
// files of SQLite copy the mode of the main file.
func keepPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return Unusable(path, err)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return &UnusableError{Path: path, Err: err, Why: "others may read or write it, and that cannot be changed: " + given.WithoutPath(err).Error(), Next: asOwner("600", path)}
	}
	return nil
}
