package state

import (
	"path/filepath"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/extsort"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// TempFolder is where temporary files go: the folder that was named, else that of the
// state file, where there is room for what will be kept; else the system's.
func TempFolder(named, statePath string) scratch.Folder {
	if named != "" {
		if absolute, err := filepath.Abs(named); err == nil {
			named = absolute
		}
		return scratch.Folder(named)
	}
	path, err := filepath.Abs(statePath)
	if statePath == "" || err != nil {
		return ""
	}
	if folder := filepath.Dir(path); sqlite.CanHold(folder) {
		return scratch.Folder(folder)
	}
	return ""
}

// NewSorter returns an empty sorter, whose temporary file is where all others of the
// command are.
func (db *DB) NewSorter() importer.Sorter { return extsort.New(db.temp) }
