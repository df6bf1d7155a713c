package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	"github.com/gofrs/flock"
)

// Lock is a lock between processes, on a file beside the state file. It is never on the
// database file itself, because SQLite would lose its own locks. It ends with its holder,
// however that dies.
type Lock struct{ file *flock.Flock }

// LockBeside returns the lock of that name for the state file at path.
func LockBeside(path, name string) *Lock {
	return &Lock{flock.New(path+"."+name+".lock", flock.SetPermissions(0o600))}
}

// Try takes the lock, unless somebody has it.
func (l *Lock) Try() (taken bool, err error) { return l.file.TryLock() }

// TryUntil tries to take the lock until ctx ends.
func (l *Lock) TryUntil(ctx context.Context) (taken bool, err error) {
	return l.file.TryLockContext(ctx, 20*time.Millisecond)
}

// Release gives the lock back.
func (l *Lock) Release() error { return l.file.Unlock() }

// IsHeld reports, without waiting, whether any process holds the lock.
func (l *Lock) IsHeld() bool {
	if _, err := os.Stat(l.file.Path()); err != nil {
		return false
	}
	look := flock.New(l.file.Path(), flock.SetFlag(os.O_RDONLY))
	free, err := look.TryRLock()
	if err != nil {
		return false
	}
	_ = look.Unlock()
	return !free
}

// creating is the name of the lock on making the file.
const creating = "create"

// LocksBeside returns the names of the locks of the state file at path that were ever
// taken.
func LocksBeside(path string) (names []string, err error) {
	folder, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, diagnosis.Unusable(path, err)
	}
	for _, file := range folder {
		rest, ours := strings.CutPrefix(file.Name(), filepath.Base(path)+".")
		if name, isLock := strings.CutSuffix(rest, ".lock"); ours && isLock && name != creating {
			names = append(names, name)
		}
	}
	return names, nil
}
