package load

import (
	"strconv"
	"strings"
	"sync"

	"github.com/eshopos/eshopctl/state/sqlite/memory"
	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite reads a feed as a virtual table (https://www.sqlite.org/vtab.html), so that one
// INSERT ... SELECT inserts all new rows, which is twice as fast as a statement for each row.
// The driver supports such tables and functions too, but copies each text twice and looks up
// a handle for each value; without that a first import takes an eighth less. All code that
// knows the structures of SQLite is in this file.
const incomingModule = "eshopctl_incoming"

// isNext is an SQL function of the number of a feed and the columns of a row. It reports
// whether the row equals the current row of the feed, and advances the feed if it does. A row
// of the feed that the table lacks, or has otherwise, is therefore never passed.
const isNext = "eshopctl_is_next"

// Register registers the module for all connections that are opened from then on.
var Register = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	if sqlite3.Xsqlite3_auto_extension(tls, memory.PointerTo(initConnection)) != sqlite3.SQLITE_OK {
		return errNoMemory
	}
	return nil
})

// incomingMethods returns the methods of the module: those of a table that is only read.
var incomingMethods = sync.OnceValue(func() uintptr {
	tls := libc.NewTLS()
	defer tls.Close()
	methods := sqlite3.Xsqlite3_malloc(tls, memory.SizeOfC[sqlite3.Tsqlite3_module]())
	if methods != 0 {
		*memory.At[sqlite3.Tsqlite3_module](methods) = sqlite3.Tsqlite3_module{
			FxCreate: memory.PointerTo(incomingConnect), FxConnect: memory.PointerTo(incomingConnect),
			FxDisconnect: memory.PointerTo(incomingFree), FxDestroy: memory.PointerTo(incomingFree),
			FxBestIndex: memory.PointerTo(incomingBestIndex), FxFilter: memory.PointerTo(incomingFilter),
			FxOpen: memory.PointerTo(incomingOpen), FxClose: memory.PointerTo(incomingFree),
			FxNext: memory.PointerTo(incomingNext), FxEof: memory.PointerTo(incomingEOF),
			FxColumn: memory.PointerTo(incomingColumn), FxRowid: memory.PointerTo(incomingRowid),
		}
	}
	return methods
})

// initConnection is called for each new connection.
func initConnection(tls *libc.TLS, db, _, _ uintptr) int32 {
	module, moduleErr := libc.CString(incomingModule)
	function, functionErr := libc.CString(isNext)
	if moduleErr != nil || functionErr != nil || incomingMethods() == 0 {
		return sqlite3.SQLITE_NOMEM
	}
	defer libc.Xfree(tls, module)
	defer libc.Xfree(tls, function)
	if code := sqlite3.Xsqlite3_create_module_v2(tls, db, module, incomingMethods(), 0, 0); code != sqlite3.SQLITE_OK {
		return code
	}
	return sqlite3.Xsqlite3_create_function_v2(tls, db, function, -1, sqlite3.SQLITE_UTF8, 0, memory.PointerTo(incomingIsNext), 0, 0, 0)
}

// incomingTable and incomingCursor begin with the structures that SQLite knows. Loader keeps
// the feed alive.
type (
	incomingTable struct {
		sqlite3.Tsqlite3_vtab
		feed uintptr
	}
	incomingCursor struct {
		sqlite3.Tsqlite3_vtab_cursor
		feed uintptr
	}
)

func feedOf(cursor uintptr) *feed { return memory.At[feed](memory.At[incomingCursor](cursor).feed) }

// incomingConnect makes a table for the feed whose number is the last argument.
func incomingConnect(tls *libc.TLS, db, _ uintptr, count int32, arguments, table, _ uintptr) int32 {
	number, err := strconv.ParseInt(libc.GoString(memory.ListAt[uintptr](arguments, count)[count-1]), 10, 64)
	f := feeds.feedOf(number)
	if err != nil || f == nil {
		return sqlite3.SQLITE_ERROR
	}
	declaration, err := libc.CString("CREATE TABLE incoming (" + strings.Join(f.columns, ", ") + ")")
	if err != nil {
		return sqlite3.SQLITE_NOMEM
	}
	defer libc.Xfree(tls, declaration)
	if code := sqlite3.Xsqlite3_declare_vtab(tls, db, declaration); code != sqlite3.SQLITE_OK {
		return code
	}
	made := sqlite3.Xsqlite3_malloc(tls, memory.SizeOfC[incomingTable]())
	if made == 0 {
		return sqlite3.SQLITE_NOMEM
	}
	*memory.At[incomingTable](made) = incomingTable{feed: memory.AddressOf(f)}
	*memory.At[uintptr](table) = made
	return sqlite3.SQLITE_OK
}

// incomingBestIndex has no choice: the rows come once, in their order.
func incomingBestIndex(*libc.TLS, uintptr, uintptr) int32 { return sqlite3.SQLITE_OK }

func incomingOpen(tls *libc.TLS, table, cursor uintptr) int32 {
	made := sqlite3.Xsqlite3_malloc(tls, memory.SizeOfC[incomingCursor]())
	if made == 0 {
		return sqlite3.SQLITE_NOMEM
	}
	*memory.At[incomingCursor](made) = incomingCursor{feed: memory.At[incomingTable](table).feed}
	*memory.At[uintptr](cursor) = made
	return sqlite3.SQLITE_OK
}

// incomingFree frees a table or a cursor.
func incomingFree(tls *libc.TLS, made uintptr) int32 {
	sqlite3.Xsqlite3_free(tls, made)
	return sqlite3.SQLITE_OK
}

func incomingFilter(_ *libc.TLS, cursor uintptr, _ int32, _ uintptr, _ int32, _ uintptr) int32 {
	return codeOf(feedOf(cursor).err)
}

func incomingNext(_ *libc.TLS, cursor uintptr) int32 { return codeOf(feedOf(cursor).nextRow()) }

// codeOf only says that there is an error: Loader reads it from the feed.
func codeOf(err error) int32 {
	if err != nil {
		return sqlite3.SQLITE_ERROR
	}
	return sqlite3.SQLITE_OK
}

func incomingEOF(_ *libc.TLS, cursor uintptr) int32 {
	if feedOf(cursor).hasRow() {
		return 0
	}
	return 1
}

// incomingColumn returns a value of the current row. SQLite copies the row before it asks
// for the next.
func incomingColumn(tls *libc.TLS, cursor, to uintptr, column int32) int32 {
	f := feedOf(cursor)
	switch c := &f.current.cells[f.at+int(column)]; c.kind {
	case whole:
		sqlite3.Xsqlite3_result_int64(tls, to, c.number)
	case text:
		sqlite3.Xsqlite3_result_text(tls, to, memory.AddressOfText(c.text), int32(len(c.text)), sqlite3.SQLITE_STATIC)
	default:
		sqlite3.Xsqlite3_result_null(tls, to)
	}
	return sqlite3.SQLITE_OK
}

func incomingRowid(_ *libc.TLS, _, rowid uintptr) int32 {
	*memory.At[int64](rowid) = 0
	return sqlite3.SQLITE_OK
}

func incomingIsNext(tls *libc.TLS, to uintptr, count int32, values uintptr) {
	row := memory.ListAt[uintptr](values, count)
	f := feeds.feedOf(sqlite3.Xsqlite3_value_int64(tls, row[0]))
	if f == nil {
		sqlite3.Xsqlite3_result_error_code(tls, to, sqlite3.SQLITE_ERROR)
		return
	}
	f.asked++
	same := f.hasRow() && len(row)-1 == len(f.columns)
	for i := 0; same && i < len(f.columns); i++ {
		same = f.current.cells[f.at+i].isValue(tls, row[1+i])
	}
	if same && f.nextRow() != nil {
		sqlite3.Xsqlite3_result_error_code(tls, to, sqlite3.SQLITE_ERROR)
		return
	}
	sqlite3.Xsqlite3_result_int(tls, to, libc.Bool32(same))
}
