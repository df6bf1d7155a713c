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

// SQLite replays whatever log lies beside a file, also one of another file: a backup
// that was copied over the state file by hand gets pages of what was there before, and
// is damaged for good. What tells them apart is the header in the first page
// (https://www.sqlite.org/fileformat.html, 1.3): its counter goes up with each commit
// that writes this page, so that the first such page in a log follows the one in the
// file, or the file has one of the log already. Every file that is made here begins
// to count at random, and every change writes the first page.
//
// Other programs do not: a row that is changed in its place leaves the first page out.
// Of such a log only what the file comes to tells something: as many pages as before,
// because a file does not grow or shrink without its first page, and as sound as before.
// A foreign log of that kind that passes both, of a file of as many pages that are laid
// out alike, such as a plain copy of before, cannot be told from the file's own.

// logTrace is what a log tells of the file that it belongs to.
type logTrace struct {
	Salts    [8]byte // of this log; it gets others when it begins anew
	PageSize int
	Commits  int
	Pages    uint32   // of the file after the first commit
	Heads    []header // of the first page, as it was written again and again
}

// refuseForeignLog looks at the log beside a file, if there is one, before SQLite
// does. A log that is being written is looked at again: only what stands still is
// judged.
func refuseForeignLog(ctx context.Context, path string) error {
	var before logTrace
	var head header
	for range 5 {
		trace, err := traceOf(path + "-wal")
		if err != nil || trace.Commits == 0 {
			return nil // nothing would be replayed, or SQLite will say why not
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

// fitsFile reports whether a log without a first page leaves the file as many pages as it
// has: as its header says, or, to SQLite's own count, as there is room for.
func fitsFile(log logTrace, file header, path string) bool {
	info, err := os.Stat(path)
	if err != nil || log.Pages == file.pages() {
		return true
	}
	size := int64(log.PageSize)
	return int64(log.Pages) == (info.Size()+size-1)/size
}

// spoilsFile reports whether the file is sound, and damaged with the log. Logs that other
// programs wrote may be without a first page, and tell nothing else.
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

// spoilTime bounds what every command may take to look at a log that tells nothing.
const spoilTime = 2 * time.Second

// mayBelong reports whether the log may be of the file with that header. A log without
// a first page tells nothing.
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

// traceOf reads a log (https://www.sqlite.org/fileformat.html, 4.1). One whose head
// is not whole is no log: SQLite takes no notice of it either.
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
	const magic = 0x377f0682 // the last bit tells how it was added up
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

// readFrames goes through the frames that were written since the log began.
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
