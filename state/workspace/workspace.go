package workspace

import (
	"errors"
	"sync/atomic"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/extsort"
)

// Workspace is what runs read and planned, in an open place.
type Workspace struct {
	db     *engine.DB
	temp   scratch.Folder // of sorters
	doubts atomic.Bool    // something stored could not be read: what is the same is looked at before it is shared
}

// New returns the workspace of an open place. What does not fit the memory goes to temp.
func New(db *engine.DB, temp scratch.Folder) *Workspace { return &Workspace{db: db, temp: temp} }

// NewSorter returns an empty sorter, whose temporary file is where all others of the
// command are.
func (w *Workspace) NewSorter() importer.Sorter { return extsort.New(w.temp) }

// unreadable is the error of what is stored of a run, unless the file itself failed.
// From then on nothing is shared with what is stored without a look at it.
func (w *Workspace) unreadable(run string, err error) error {
	var file *engine.UnusableError
	if err == nil || w.db.IsOwn(err) || errors.As(err, &file) || engine.IsStopped(err) {
		return w.db.Unusable(err)
	}
	w.doubts.Store(true)
	return &importer.UnreadableError{Run: run, Err: err}
}

func (s *snapshot) unreadable(err error) error { return s.space.unreadable(s.info.Run, err) }
