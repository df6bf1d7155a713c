package state

import (
	"errors"
	"io/fs"
	"os"
)

// syncLog brings what the log holds so far to the disk, so that a commit has less
// to wait for; it is the commit that makes sure. No lock hangs on the log: other
// than the state file it may be opened and closed here.
func (db *DB) syncLog() error {
	log, err := os.OpenFile(db.path+"-wal", os.O_RDWR, 0)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(log.Sync(), log.Close())
}
