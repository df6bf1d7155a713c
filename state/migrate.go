package state

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// applicationID marks the file as ours: "eShp" in ASCII.
const applicationID = 0x65536870

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migrations lists the schema steps in the order of their numbers; the number
// of steps applied stands in user_version. A released step is never changed.
func migrations() []string {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return names
}

// migrate applies the missing steps in one transaction. Two processes that
// start together take turns: the second finds nothing left to do.
func (db *DB) migrate(ctx context.Context) error {
	return db.update(ctx, func(tx *sql.Tx, _ time.Time) error {
		var version int
		if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
			return err
		}
		for i, name := range migrations() {
			if i < version {
				continue
			}
			if err := applyMigration(ctx, tx, i+1, name); err != nil {
				return db.notMigrated(version, name, err)
			}
			if err := failpoint.Reach("migrate/step"); err != nil {
				return err
			}
		}
		return nil
	})
}

// notMigrated is the error of a step that failed. The transaction is rolled back, so
// that the file is as it was, and the program that wrote it can still use it.
func (db *DB) notMigrated(version int, step string, err error) error {
	var failure *sqlite.Error
	if !errors.As(err, &failure) || failure.Code()&0xff != sqlite3.SQLITE_ERROR && failure.Code()&0xff != sqlite3.SQLITE_CONSTRAINT {
		return unusable(db.path, err) // of the disk, not of the step
	}
	return &UnusableError{
		Path: db.path, Err: err,
		Why: fmt.Sprintf("it was written by an older eshopctl (schema %d), and bringing it up to date (schema %d) failed at step %s: %s; it was left as it was",
			version, len(migrations()), path.Base(step), failure.Error()),
		Next: "take away what another program put into it (the reason names it), or go on with the older eshopctl; a copy of the file for a report: eshopctl state backup FILE",
	}
}

func applyMigration(ctx context.Context, tx *sql.Tx, number int, name string) error {
	statements, err := migrationFiles.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, string(statements)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", applicationID, number))
	return err
}
