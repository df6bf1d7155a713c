package sqlite

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// syncLog brings what the log holds so far to the disk, so that a commit has less
// to wait for; it is the commit that makes sure. No lock hangs on the log: other
// than the state file it may be opened and closed here.
func (f *File) syncLog() error {
	log, err := os.OpenFile(f.path+"-wal", os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(log.Sync(), log.Close())
}

// untilWiped is how long the log is waited for, of which others may still read.
const untilWiped = 10 * time.Second

// WipeLog empties the write-ahead log, which still holds the pages as they were
// before something was deleted. Within the file itself secure_delete overwrites.
func (f *File) WipeLog(ctx context.Context) error {
	what := func() string { return "another program, which still reads the state file " + f.path }
	err := f.options.Patience.AwaitWithin(ctx, untilWiped, betweenTries, what, func() (bool, error) {
		var busy, frames, moved int
		err := f.write.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &moved)
		return busy == 0, err
	})
	if errors.Is(err, connector.ErrOutOfPatience) {
		return nil
	}
	return diagnosis.Unusable(f.path, err)
}
