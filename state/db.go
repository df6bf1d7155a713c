package state

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"modernc.org/sqlite" // the driver, registered as "sqlite"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/connector/scratch"
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
	sight sight     // how the file is looked at, where it is not written
	now   func() time.Time
	key   keyPlace
	files *given.Files // through which the key is read

	options []Option

	temp scratch.Folder // of sorters, and of SQLite

	patience  *connector.Patience
	platforms connector.Platforms // that connectors may be of
	doubts    atomic.Bool         // something stored could not be read: what is the same is looked at before it is shared
}

// Option changes how a state file is opened.
type Option func(*DB)

// WithClock makes the file take its times from now instead of time.Now.
func WithClock(now func() time.Time) Option { return func(db *DB) { db.now = now } }

// WithPlatforms has connectors come with what their providers say of themselves.
func WithPlatforms(all connector.Platforms) Option { return func(db *DB) { db.platforms = all } }

// WithPatience has other programs that hold the file waited for with that patience.
func WithPatience(p *connector.Patience) Option { return func(db *DB) { db.patience = p } }

// WithTemp has what does not fit the memory be kept in that folder.
func WithTemp(folder scratch.Folder) Option { return func(db *DB) { db.temp = folder } }

// Open opens the state file at path for reading and writing and brings its
// schema up to date. A missing file is connector.ErrNoState; an empty, foreign, newer or
// damaged one is an *UnusableError and is left as it is.
func Open(ctx context.Context, path string, options ...Option) (opened *DB, err error) {
	db := newDB(path, options)
	err = db.whenFree(ctx, db.patience.Limit(), altogether, func() error {
		opened, err = open(ctx, path, options)
		return err
	})
	return opened, err
}

func open(ctx context.Context, path string, options []Option) (*DB, error) {
	path, how, err := existing(ctx, path)
	if err != nil {
		return nil, err
	}
	if how != shared {
		return nil, diagnosed(path, fs.ErrPermission)
	}
	if err := keepPrivate(path); err != nil {
		return nil, err
	}
	removeStrays(path)
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
func OpenReadOnly(ctx context.Context, path string, options ...Option) (opened *DB, err error) {
	db := newDB(path, options)
	err = db.whenFree(ctx, untilReadersGiveUp, altogether, func() error {
		opened, err = openToLook(ctx, path, options)
		return err
	})
	return opened, err
}

func openToLook(ctx context.Context, path string, options []Option) (*DB, error) {
	path, how, err := existing(ctx, path)
	if err != nil {
		return nil, err
	}
	db := newDB(path, options)
	db.sight = how
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
	if !errors.Is(err, connector.ErrNoState) {
		return db, err
	}
	if err := makeStateFile(ctx, path, options); err != nil {
		return nil, err
	}
	return Open(ctx, path, options...)
}

// Path returns the absolute path of the state file.
func (db *DB) Path() string { return db.path }

// Reopen closes the file and opens it anew, to see what a commit came to. Nobody else
// uses it meanwhile.
func (db *DB) Reopen(ctx context.Context) error {
	_ = db.Close() // what is wrong with it the commit has said
	anew, err := Open(ctx, db.path, db.options...)
	if err == nil {
		db.write, db.apply, db.read, db.often = anew.write, anew.apply, anew.read, anew.often
	}
	return err
}

// Close releases the file.
func (db *DB) Close() error {
	err := db.read.Close()
	if db.write != nil {
		err = errors.Join(err, db.write.Close(), db.apply.Close())
	}
	return err
}

func newDB(path string, options []Option) *DB {
	db := &DB{path: path, now: time.Now, options: options}
	for _, option := range options {
		option(db)
	}
	if db.files == nil {
		db.files = &given.Files{}
	}
	db.key.files, db.key.provider = db.files, db.platforms.Usual().Name
	return db
}

func (db *DB) connect(writing bool) error {
	watchStorage()
	var err error
	pragmas := readPragmas(true)
	if !writing {
		pragmas = lookPragmas(db.sight)
	}
	if db.read, err = sql.Open("sqlite", db.dsn(pragmas)); err != nil {
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
	if db.write, err = sql.Open("sqlite", db.dsn(writePragmas())); err != nil {
		return unusable(db.path, err)
	}
	if db.apply, err = sql.Open("sqlite", db.dsn(applyPragmas())); err != nil {
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
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
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
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_pragma":       {"cell_size_check(1)", "cache_size(-2048)"},
	}
}

func dsn(path string, pragmas url.Values) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: pragmas.Encode()}).String()
}

// dsn is that of a connection of this file, which has its temporary files where all
// others of the command are.
func (db *DB) dsn(pragmas url.Values) string {
	if db.temp != "" && canHold(string(db.temp)) { // SQLite refuses any other
		pragmas["_pragma"] = append(slices.Clone(pragmas["_pragma"]), "temp_store_directory('"+strings.ReplaceAll(string(db.temp), "'", "''")+"')")
	}
	return dsn(db.path, pragmas)
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
		return &UnusableError{Path: path, Err: err, Why: "others may read or write it, and that cannot be changed: " + given.WithoutPath(err).Error(), Next: "as its owner type: chmod 600 " + quoted(path)}
	}
	return nil
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
		return connector.ErrReadOnly
	}
	tx, err := db.begin(ctx, db.write)
	if err != nil {
		return unusable(db.path, err)
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it does nothing
	before, err := totalChanges(ctx, tx)
	if err != nil {
		return unusable(db.path, err)
	}
	if err := change(tx, db.now().UTC()); err != nil {
		if isStopped(err) {
			return context.Canceled
		}
		return db.ofFile(err)
	}
	if err := touchHead(ctx, tx, before); err != nil {
		return unusable(db.path, err)
	}
	return unusable(db.path, tx.Commit())
}

// ofFile says what an error of SQLite means, and leaves others alone.
func (db *DB) ofFile(err error) error {
	if failure := (*sqlite.Error)(nil); errors.As(err, &failure) {
		return unusable(db.path, err)
	}
	return err
}

// begin waits for the write lock while another process holds it, which may be for a
// whole apply.
func (db *DB) begin(ctx context.Context, through *sql.DB) (tx *sql.Tx, err error) {
	err = db.whenFree(ctx, db.patience.Limit(), forWriting, func() error {
		tx, err = through.BeginTx(ctx, nil)
		return err
	})
	return tx, err
}
