package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver, registered as "sqlite"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/connector/given"
)

// DB is an open state file. Writing goes through one connection, and an import
// through another; their transactions take the write lock when they begin, so that
// nobody meets a deadlock half-way. Reading has its own connections and sees the
// last commit.
type DB struct {
	path  string
	write *sql.DB // nil when opened for reading only
	apply *sql.DB // write for Catalog.Apply
	read  *sql.DB
	often *prepared // what is asked of read again and again
	now   func() time.Time
	key   keyPlace
	files *given.Files // through which the key is read

	patience *connector.Patience
}

// Option changes how a state file is opened.
type Option func(*DB)

// WithClock makes the file take its times from now instead of time.Now.
func WithClock(now func() time.Time) Option { return func(db *DB) { db.now = now } }

// WithPatience has other programs that hold the file waited for with that patience.
func WithPatience(p *connector.Patience) Option { return func(db *DB) { db.patience = p } }

// Open opens the state file at path for reading and writing and brings its
// schema up to date. A missing file is ErrNoState; an empty, foreign, newer or
// damaged one is an *UnusableError and is left as it is.
func Open(ctx context.Context, path string, options ...Option) (*DB, error) {
	path, err := existing(ctx, path)
	if err != nil {
		return nil, err
	}
	if err := keepPrivate(path); err != nil {
		return nil, err
	}
	db := newDB(path, options)
	if err := db.connect(true); err != nil {
		return nil, err
	}
	if err := db.asBuilt(ctx, true); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.migrate(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.sealAnew(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// OpenReadOnly opens the state file at path for commands that only look. It
// never writes, not even a migration.
func OpenReadOnly(ctx context.Context, path string, options ...Option) (*DB, error) {
	path, err := existing(ctx, path)
	if err != nil {
		return nil, err
	}
	db := newDB(path, options)
	if err := db.connect(false); err != nil {
		return nil, err
	}
	if err := db.asBuilt(ctx, false); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Create opens the state file at path and makes it, with its folder, if there
// is none.
func Create(ctx context.Context, path string, options ...Option) (*DB, error) {
	db, err := Open(ctx, path, options...)
	if !errors.Is(err, ErrNoState) {
		return db, err
	}
	if err := makeStateFile(ctx, path, options); err != nil {
		return nil, err
	}
	return Open(ctx, path, options...)
}

// Path returns the absolute path of the state file.
func (db *DB) Path() string { return db.path }

// Close releases the file.
func (db *DB) Close() error {
	err := db.read.Close()
	if db.write != nil {
		err = errors.Join(err, db.write.Close(), db.apply.Close())
	}
	return err
}

func newDB(path string, options []Option) *DB {
	db := &DB{path: path, now: time.Now}
	for _, option := range options {
		option(db)
	}
	if db.files == nil {
		db.files = &given.Files{}
	}
	db.key.files = db.files
	return db
}

func (db *DB) connect(writing bool) error {
	watchStorage()
	var err error
	if db.read, err = sql.Open("sqlite", dsn(db.path, readPragmas(writing))); err != nil {
		return unusable(db.path, err)
	}
	db.read.SetMaxOpenConns(4)
	db.read.SetMaxIdleConns(4) // a connection costs as much as a hundred queries
	db.often = prepare(db.read)
	if !writing {
		return nil
	}
	if err := knowIncoming(); err != nil {
		return unusable(db.path, err)
	}
	if db.write, err = sql.Open("sqlite", dsn(db.path, writePragmas())); err != nil {
		return unusable(db.path, err)
	}
	if db.apply, err = sql.Open("sqlite", dsn(db.path, applyPragmas())); err != nil {
		return unusable(db.path, err)
	}
	db.write.SetMaxOpenConns(1)
	db.apply.SetMaxOpenConns(1)
	db.apply.SetMaxIdleConns(0)
	return nil
}

// The pragmas stand in the DSN because the pool would apply a PRAGMA statement
// to one of its connections only.
func writePragmas() url.Values {
	return url.Values{
		"mode":          {"rw"},
		"_txlock":       {"immediate"},
		"_busy_timeout": {"250"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // NORMAL loses acknowledged commits on power loss
		"_foreign_keys": {"1"},
		// page_size counts before the file is first written. Larger pages save a
		// fifth of the work of an import; larger caches save nothing.
		"_pragma": {"page_size(16384)", "secure_delete(1)", "cell_size_check(1)", "cache_size(-8192)", "journal_size_limit(67108864)"},
	}
}

// applyPragmas are those of an import. SQLite would look the account up for each
// new row, which is a sixth of the work, though it is one and the same for all:
// Catalog.Apply looks at it once. No other write goes without foreign keys, because
// none has this connection.
func applyPragmas() url.Values {
	pragmas := writePragmas()
	pragmas.Set("_foreign_keys", "0")
	return pragmas
}

func readPragmas(writing bool) url.Values {
	mode := "ro"
	if writing {
		mode = "rw" // a read-only connection could not recover the log of a killed writer
	}
	return url.Values{
		"mode":          {mode},
		"_query_only":   {"1"},
		"_busy_timeout": {"10000"},
		"_pragma":       {"cell_size_check(1)", "cache_size(-2048)"},
	}
}

func dsn(path string, pragmas url.Values) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: pragmas.Encode()}).String()
}

// existing returns the absolute path of a state file that may be opened.
func existing(ctx context.Context, path string) (string, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		err = knowFoundIn() // before any connection is opened
	}
	if err != nil {
		return "", unusable(path, err)
	}
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", ErrNoState
	case err != nil:
		return "", unusable(path, err)
	case !info.Mode().IsRegular():
		return "", &UnusableError{Path: path, Why: "it is not a regular file"}
	case info.Size() == 0:
		return "", &UnusableError{Path: path, Why: "it is empty"}
	}
	return path, inspect(ctx, path)
}

// inspect looks at the file through a connection that changes nothing: opening
// it with WAL first would convert another program's database. It must not be
// read by other means either, because closing a second descriptor drops
// SQLite's locks (sqlite.org/howtocorrupt.html, 2.2).
func inspect(ctx context.Context, path string) error {
	look, err := sql.Open("sqlite", dsn(path, readPragmas(false)))
	if err != nil {
		return unusable(path, err)
	}
	defer look.Close()
	var application, version int
	if err := look.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return unusable(path, err)
	}
	if err := look.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return unusable(path, err)
	}
	if application != applicationID {
		return &UnusableError{Path: path, Why: "it is not an eshopctl state file"}
	}
	if version > len(migrations()) {
		return &UnusableError{Path: path, Why: fmt.Sprintf("it was written by a newer eshopctl (schema %d, this one knows %d)", version, len(migrations()))}
	}
	return nil
}

// keepPrivate takes the rights of group and others away; the log and index
// files of SQLite copy the mode of the main file.
func keepPrivate(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return unusable(path, err)
	}
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return unusable(path, err)
	}
	return nil
}

// makeStateFile builds the file under another name and links it into place
// when it is whole, so that a kill never leaves a half-made one.
func makeStateFile(ctx context.Context, path string, options []Option) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return unusable(path, err)
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return unusable(path, err)
	}
	fresh, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new-*") // mode 0600
	if err != nil {
		return unusable(path, err)
	}
	defer os.Remove(fresh.Name())
	if err := fresh.Close(); err != nil {
		return unusable(path, err)
	}
	db := newDB(fresh.Name(), options)
	if err := db.connect(true); err != nil {
		return err
	}
	if err := errors.Join(db.migrate(ctx), db.Close()); err != nil {
		return unusable(path, err)
	}
	if err := failpoint.Reach("create/made"); err != nil {
		return err
	}
	if err := os.Link(fresh.Name(), path); err != nil && !errors.Is(err, fs.ErrExist) {
		return unusable(path, err)
	}
	return errors.Join(SyncFolder(filepath.Dir(path)), failpoint.Reach("create/linked"))
}

// makeFolder makes a folder that only its owner may enter, and those above it that
// are not there, and makes sure that they stay on the disk.
func makeFolder(path string) error {
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
		if err := SyncFolder(filepath.Dir(folder)); err != nil {
			return err
		}
	}
	return nil
}

// SyncFolder makes sure that names which were given in a folder stay on the disk.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return nil // not every system lets a folder be opened; the file itself is synced
	}
	defer folder.Close()
	_ = folder.Sync()
	return nil
}

// update runs change in one transaction that holds the write lock from its
// beginning. now is the same for everything that it writes.
func (db *DB) update(ctx context.Context, change func(tx *sql.Tx, now time.Time) error) error {
	if db.write == nil {
		return ErrReadOnly
	}
	tx, err := db.begin(ctx, db.write)
	if err != nil {
		return unusable(db.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	if err := change(tx, db.now().UTC()); err != nil {
		if isStopped(err) {
			return context.Canceled
		}
		return err
	}
	return unusable(db.path, tx.Commit())
}

// begin waits for the write lock while another process holds it, which may be for a
// whole apply.
func (db *DB) begin(ctx context.Context, through *sql.DB) (tx *sql.Tx, err error) {
	what := func() string { return "another program that writes into the state file " + db.path }
	err = db.patience.Await(ctx, betweenTries, what, func() (bool, error) {
		var failed error
		tx, failed = through.BeginTx(ctx, nil)
		if isBusy(failed) && ctx.Err() == nil {
			return false, nil
		}
		return true, failed
	})
	return tx, err
}

const betweenTries = 20 * time.Millisecond
