package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
)

// header is the beginning of the first page.
type header [100]byte

func (h header) counter() uint32 { return binary.BigEndian.Uint32(h[24:]) }

func (h header) schemaCookie() uint32 { return binary.BigEndian.Uint32(h[40:]) }

// pages returns the number of pages of the file, 0 if the header may be outdated.
func (h header) pages() uint32 {
	if h.counter() != binary.BigEndian.Uint32(h[92:]) {
		return 0
	}
	return binary.BigEndian.Uint32(h[28:])
}

func (h header) pageSize() int {
	if size := int(binary.BigEndian.Uint16(h[16:])); size != 1 {
		return size
	}
	return 1 << 16
}

// headOf returns the header in the file, ignoring its log. It is read through SQLite,
// because closing another descriptor would drop SQLite's locks.
func headOf(ctx context.Context, path string) (h header, err error) {
	look, err := sql.Open("sqlite", dsn(path, lookPragmas(unchanging)))
	if err != nil {
		return h, err
	}
	defer look.Close()
	var data []byte
	if err := look.QueryRowContext(ctx, "SELECT substr(data, 1, 100) FROM sqlite_dbpage WHERE pgno = 1").Scan(&data); err != nil {
		return h, err
	}
	if copy(h[:], data) != len(h) {
		return h, io.ErrUnexpectedEOF
	}
	return h, nil
}

// countAtRandom sets the change counter of the file at path, which nobody has open, to a
// random number, so that no other file's log fits it.
func countAtRandom(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	count := make([]byte, 4)
	rand.Read(count)                     // never fails
	count[0] &= 0x7f                     // far from overflow
	for _, at := range []int64{24, 92} { // the counter, and its copy that makes the number of pages valid
		if err == nil {
			_, err = file.WriteAt(count, at)
		}
	}
	return errors.Join(err, file.Sync(), file.Close())
}

// touchHead writes the first page if the transaction changed anything.
func touchHead(ctx context.Context, tx *sql.Tx, application int, changedBefore int64) error {
	if changed, err := totalChanges(ctx, tx); err != nil || changed == changedBefore {
		return err
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d", application))
	return err
}

func totalChanges(ctx context.Context, tx *sql.Tx) (n int64, err error) {
	return n, tx.QueryRowContext(ctx, "SELECT total_changes()").Scan(&n)
}
