package sqlite

import (
	"context"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// A file that another program keeps locked is well, and is waited for: by who writes
// as long as patience allows, by who looks for untilReadersGiveUp. SQLite itself waits
// for a moment only, since nothing ends that.

const (
	untilReadersGiveUp = 10 * time.Second

	busyTimeout  = 250 * time.Millisecond // of SQLite
	betweenTries = 20 * time.Millisecond
)

// WhenFree does something as soon as nobody keeps the file from it, as long as patience
// lasts.
func (f *File) WhenFree(ctx context.Context, try func() error) error {
	return f.whenFree(ctx, f.options.Patience.Limit(), altogether, try)
}

// hold is what another program does with the file.
type hold string

const (
	forWriting hold = "for writing"
	altogether hold = "altogether"
)

// whenFree does something as soon as nobody keeps the file at path from it. It is done
// anew until then.
func (f *File) whenFree(ctx context.Context, bound time.Duration, why hold, try func() error) error {
	what := func() string { return heldBy(f.path, why) }
	return f.options.Patience.AwaitWithin(ctx, bound, betweenTries, what, func() (bool, error) {
		err := try()
		switch {
		case !isBusy(err):
			return true, err
		case ctx.Err() != nil:
			return true, context.Cause(ctx)
		}
		return false, nil
	})
}

// heldBy says who keeps a file.
func heldBy(path string, why hold) string {
	who := "another program"
	if name := holderOf(path, why); name != "" {
		who = name
	}
	if why == altogether {
		return fmt.Sprintf("%s, which keeps the state file %s locked", who, path)
	}
	return fmt.Sprintf("%s, which writes into the state file %s", who, path)
}

// held is the fault of a file that is locked where nobody waits for it.
func held(path string, err error) *connector.Fault {
	return &connector.Fault{Code: connector.Locked, Err: err, Message: "the file is well, but not free: held by " + heldBy(path, altogether),
		Next: connector.Advice("end what holds it, then try again")}
}
