package sqlite

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// site is where a state file is or will be, and how it is opened.
type site struct {
	path    string
	options Options
}

// newSite sets the defaults of the options.
func newSite(path string, o Options) site {
	if o.Now == nil {
		o.Now = time.Now
	}
	return site{path, o}
}

// A file that another program has locked is waited for: writers wait as long as the patience
// of the options allows, readers for untilReadersGiveUp. SQLite itself waits for busyTimeout
// only, because nothing can interrupt it.

const (
	untilReadersGiveUp = 10 * time.Second

	betweenTries = 20 * time.Millisecond
)

// whenFree calls try again and again while another program keeps the file locked.
func (s site) whenFree(ctx context.Context, bound time.Duration, why disk.Hold, try func() error) error {
	what := func() string { return disk.HeldBy(s.path, why) }
	return s.options.Patience.AwaitWithin(ctx, bound, betweenTries, what, func() (bool, error) {
		err := try()
		switch {
		case !diagnosis.IsBusy(err):
			return true, err
		case ctx.Err() != nil:
			return true, context.Cause(ctx)
		}
		return false, nil
	})
}

// dsn returns the DSN of a connection to the file, with the folder for temporary files.
func (s site) dsn(pragmas url.Values) string {
	if temp := string(s.options.Temp); temp != "" && disk.CanHold(temp) { // SQLite refuses any other
		pragmas["_pragma"] = append(slices.Clone(pragmas["_pragma"]), "temp_store_directory('"+strings.ReplaceAll(temp, "'", "''")+"')")
	}
	return dsn(s.path, pragmas)
}

// Options say how a file is opened. All but Schema are optional.
type Options struct {
	Schema   schema.Schema
	Temp     scratch.Folder      // for temporary files
	Patience *connector.Patience // with other programs that hold the file
	Now      func() time.Time
}
