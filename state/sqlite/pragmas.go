package sqlite

import (
	"net/url"
	"path/filepath"
	"strconv"
	"time"
)

// busyTimeout is how long SQLite itself waits for a lock, which nothing else ends.
const busyTimeout = 250 * time.Millisecond

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
// whoever imports looks at it once. No other write goes without foreign keys, because
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

// buildPragmas are those of a file that nobody else knows yet: when something fails
// it is thrown away.
func buildPragmas() url.Values {
	pragmas := writePragmas()
	pragmas.Set("_journal_mode", "MEMORY")
	return pragmas
}

// sight is how a file is looked at. Usually SQLite keeps an index beside it, which it
// cannot make where nothing can be written.
type sight int

const (
	shared     sight = iota // with all who use it, readers and writers
	unchanging              // as the file is, without a log: nobody can write there
	unshared                // with its log, of which it keeps the index in memory
)

// lookPragmas are those of who only looks.
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
