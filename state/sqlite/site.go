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

// site is where a state file lies, or is to lie, and how it is opened there.
type site struct {
	path    string
	options Options
}

// newSite fills in what of the options may be left out.
func newSite(path string, o Options) site {
	if o.Now == nil {
		o.Now = time.Now
	}
	return site{path, o}
}

// A file that another program keeps locked is well, and is waited for: by who writes
// as long as patience allows, by who looks for untilReadersGiveUp. SQLite itself waits
// for a moment only, since nothing ends that.

const (
	untilReadersGiveUp = 10 * time.Second

	betweenTries = 20 * time.Millisecond
)

// whenFree does something as soon as nobody keeps the file at path from it. It is done
// anew until then.
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

// dsn is that of a connection of the file, which has its temporary files where all
// others of the command are.
func (s site) dsn(pragmas url.Values) string {
	if temp := string(s.options.Temp); temp != "" && disk.CanHold(temp) { // SQLite refuses any other
		pragmas["_pragma"] = append(slices.Clone(pragmas["_pragma"]), "temp_store_directory('"+strings.ReplaceAll(temp, "'", "''")+"')")
	}
	return dsn(s.path, pragmas)
}

// Options are how a file is opened. All but the schema may be left out.
type Options struct {
	Schema   schema.Schema
	Temp     scratch.Folder      // where what does not fit the memory is kept
	Patience *connector.Patience // with other programs that hold the file
	Now      func() time.Time
}
