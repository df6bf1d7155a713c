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

// syncLog writes the log to the disk, so that a commit has less to wait for; the commit
// itself makes sure. Unlike the state file, the log may be opened and closed here, because
// no lock is on it.
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

// untilWiped is how long to wait for others who still read the log.
const untilWiped = 10 * time.Second

// WipeLog empties the write-ahead log, which still has the pages from before something was
// deleted. Within the file secure_delete overwrites them.
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
