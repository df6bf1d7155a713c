package sqlite

import (
	"net/url"
	"path/filepath"
	"strconv"
	"time"
)

// busyTimeout is how long SQLite itself waits for a lock. Nothing can interrupt that.
const busyTimeout = 250 * time.Millisecond

// writePragmas are those of a connection that writes. They are in the DSN because the pool
// would run a PRAGMA statement on one of its connections only.
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

// applyPragmas are those of an import. Foreign keys are off: SQLite would look up the
// account for each new row, a sixth of the work, though it is the same for all rows; it is
// checked once instead. No other write uses this connection.
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

// buildPragmas are those of a file that nobody else knows yet: if something fails it is
// thrown away.
func buildPragmas() url.Values {
	pragmas := writePragmas()
	pragmas.Set("_journal_mode", "MEMORY")
	return pragmas
}

// sight is how a file is read. Usually SQLite keeps an index beside it, which it cannot
// make where nothing can be written.
type sight int

const (
	shared     sight = iota // together with other readers and writers
	unchanging              // without a log, since nobody can write there
	unshared                // with its log, whose index is in memory
)

// lookPragmas are those of a connection that only reads.
func lookPragmas(how sight) url.Values {
	pragmas := readPragmas(false)
	switch how {
	case unchanging:
		pragmas.Set("immutable", "1")
	case unshared:
		pragmas.Set("vfs", "unix-none")
		pragmas["_pragma"] = []string{"cell_size_check(1)", "locking_mode(EXCLUSIVE)"} // of locks that are none, and before anything is read
	}
	return pragmas
}
