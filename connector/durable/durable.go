package durable

import (
	"os"
	"path/filepath"
	"strings"
)

// infix stands in the names of files that are not finished.
const infix = ".new-"

// Create makes an empty file beside path, which only its owner may read. Whoever calls it
// writes, syncs and closes it, and removes what gets no name.
func Create(path string) (*os.File, error) {
	return os.CreateTemp(filepath.Dir(path), filepath.Base(path)+infix+"*") // O_EXCL, mode 0600
}

// Strays returns the files beside path that Create made and that have no other name
// yet: their writer is at work, or died.
func Strays(path string) (strays []string) {
	found, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil
	}
	for _, entry := range found {
		if strings.HasPrefix(entry.Name(), filepath.Base(path)+infix) {
			strays = append(strays, filepath.Join(filepath.Dir(path), entry.Name()))
		}
	}
	return strays
}

// LinkTo gives a finished file its name, never in the place of another: that is
// fs.ErrExist. The other name stays.
func LinkTo(path, fresh string) error {
	err := os.Link(fresh, path)
	SyncFolder(filepath.Dir(path))
	return err
}

// RenameTo gives a finished file its name, in the place of what is there.
func RenameTo(path, fresh string) error {
	err := os.Rename(fresh, path)
	SyncFolder(filepath.Dir(path))
	return err
}

// SyncFolder makes sure that names which were given in a folder stay on the disk, where
// the system lets a folder be opened.
func SyncFolder(path string) {
	folder, err := os.Open(path)
	if err != nil {
		return // the files themselves are synced
	}
	_ = folder.Sync()
	_ = folder.Close()
}

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
		SyncFolder(filepath.Dir(folder))
	}
	return nil
}
