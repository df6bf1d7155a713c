package sqlite

import (
	"bytes"
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite replays whatever log lies beside a file, even the log of another file. A backup that
// was copied over the state file by hand would get pages of the file before it and be damaged
// for good. The header in the first page tells whether a log belongs to a file
// (https://www.sqlite.org/fileformat.html, 1.3): its counter grows with each commit that
// writes this page, so the first such page in the log must follow the one in the file, or the
// file must be equal to a later one. Every file that this program makes starts counting at a
// random number, and every change writes the first page.
//
// Other programs may change a row without writing the first page. A log without that page is
// judged by its effect: the file must keep its number of pages, because it cannot grow or
// shrink without the first page, and stay undamaged. A foreign log that passes both tests,
// such as that of a plain copy of the file, cannot be recognised.

// logTrace is what a log says about the file that it belongs to.
type logTrace struct {
	Salts    [8]byte // of this log; they change when the log is restarted
	PageSize int
	Commits  int
	Pages    uint32   // of the file after the first commit
	Heads    []header // each version of the first page, in order
}

// refuseForeignLog looks at the log beside a file before SQLite does, and returns an error
// if it belongs to another file. A log that is being written is looked at again: only one
// that does not change is judged.
func refuseForeignLog(ctx context.Context, path string) error {
	var before logTrace
	var head header
	for range 5 {
		trace, err := traceOf(path + "-wal")
		if err != nil || trace.Commits == 0 {
			return nil // nothing would be replayed, or SQLite will report the error
		}
		now, err := headOf(ctx, path)
		if err != nil || mayBelong(trace, now) && (len(trace.Heads) > 0 || fitsFile(trace, now, path) && !spoilsFile(ctx, path)) {
			return nil
		}
		if now == head && trace.isSame(before) {
			return foreignLog(path)
		}
		before, head = trace, now
		time.Sleep(time.Millisecond)
	}
	return nil
}

func foreignLog(path string) error {
	return &engine.UnusableError{Path: path,
		Why:  fmt.Sprintf("the log beside it, %s, belongs to another file: somebody put this one in the place of that, and with the log it would be damaged. Nothing was changed", filepath.Base(path)+"-wal"),
		Next: diagnosis.RestoreCommand(path).After("to use the file as it is and keep the log beside it: ")}
}

func (t logTrace) isSame(other logTrace) bool {
	return t.Salts == other.Salts && t.PageSize == other.PageSize && t.Commits == other.Commits && t.Pages == other.Pages && slices.Equal(t.Heads, other.Heads)
}

// fitsFile reports whether a log without a first page leaves the number of pages as it is:
// as the header has it or, as SQLite counts, as many as fit into the file.
func fitsFile(log logTrace, file header, path string) bool {
	info, err := os.Stat(path)
	if err != nil || log.Pages == file.pages() {
		return true
	}
	size := int64(log.PageSize)
	return int64(log.Pages) == (info.Size()+size-1)/size
}

// spoilsFile reports whether the file is undamaged, but damaged with the log.
func spoilsFile(ctx context.Context, path string) bool {
	return damagedAs(ctx, path, shared) && !damagedAs(ctx, path, unchanging)
}

func damagedAs(ctx context.Context, path string, how sight) bool {
	look, err := sql.Open("sqlite", dsn(path, lookPragmas(how)))
	if err != nil {
		return false
	}
	defer look.Close()
	_, err = quickCheck(ctx, look, spoilTime)
	var failure *modernc.Error
	return errors.Is(err, diagnosis.ErrDamaged) || errors.As(err, &failure) && failure.Code()&0xff == sqlite3.SQLITE_CORRUPT
}

// spoilTime is how long each of these checks may take.
const spoilTime = 2 * time.Second

// mayBelong reports whether the log may belong to the file with that header. A log without
// a first page may belong to any file with its page size.
func mayBelong(log logTrace, file header) bool {
	if log.PageSize != file.pageSize() {
		return false
	}
	if len(log.Heads) == 0 || slices.Contains(log.Heads, file) {
		return true
	}
	first := log.Heads[0]
	step := first.counter() - file.counter() // a connection may write a count twice
	return step <= 1 && file.schemaCookie() <= first.schemaCookie()
}

const (
	logHead   = 32
	frameHead = 24
)

// traceOf reads a log (https://www.sqlite.org/fileformat.html, 4.1). A log without a
// complete head counts as none, as it does for SQLite.
func traceOf(path string) (logTrace, error) {
	var t logTrace
	file, err := os.Open(path)
	if err != nil {
		return t, err
	}
	defer file.Close()
	head := make([]byte, logHead)
	if _, err := io.ReadFull(file, head); err != nil || !isLogHead(head) {
		return t, nil
	}
	t.PageSize = int(binary.BigEndian.Uint32(head[8:]))
	copy(t.Salts[:], head[16:24])
	return t, t.readFrames(file)
}

func isLogHead(head []byte) bool {
	const magic = 0x377f0682 // the last bit is the byte order of the checksum
	if binary.BigEndian.Uint32(head)&^1 != magic {
		return false
	}
	order := binary.ByteOrder(binary.LittleEndian)
	if head[3]&1 == 1 {
		order = binary.BigEndian
	}
	var a, b uint32
	for at := 0; at < 24; at += 8 {
		a += order.Uint32(head[at:]) + b
		b += order.Uint32(head[at+4:]) + a
	}
	return a == binary.BigEndian.Uint32(head[24:]) && b == binary.BigEndian.Uint32(head[28:])
}

// readFrames reads the frames that were written since the log was restarted.
func (t *logTrace) readFrames(file io.ReaderAt) error {
	if t.PageSize < 512 || t.PageSize > 1<<16 {
		return nil
	}
	both := make([]byte, frameHead+len(header{}))
	for at := int64(logHead); ; at += int64(frameHead + t.PageSize) {
		if _, err := file.ReadAt(both, at); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if !bytes.Equal(both[8:16], t.Salts[:]) {
			return nil
		}
		if pages := binary.BigEndian.Uint32(both[4:]); pages > 0 {
			t.Commits++
			t.Pages = cmp.Or(t.Pages, pages)
		}
		if binary.BigEndian.Uint32(both) == 1 {
			t.Heads = append(t.Heads, header(both[frameHead:]))
		}
	}
}
