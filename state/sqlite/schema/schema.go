package schema

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	modernc "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/state/engine"
	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// Schema is what the files of a program consist of.
type Schema struct {
	ID     int    // SQLite's application id of the program's files
	Oldest int    // the version of a file after the first step, at least 1; each step adds 1
	Steps  []Step // in order
	Built  string // the schema after all steps; see BuildText
}

// Newest is the version of a file after all steps.
func (s Schema) Newest() int { return s.Oldest + len(s.Steps) - 1 }

// Step is a step of the schema. A released step never changes.
type Step struct{ Name, SQL string }

// RecogniseFile returns an error if a database is not one of the program's, or is of a
// newer version. path is its name, for errors.
func (s Schema) RecogniseFile(ctx context.Context, look *sql.DB, path string) error {
	var application, version int
	if err := look.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application); err != nil {
		return diagnosis.Unusable(path, err)
	}
	if err := look.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return diagnosis.Unusable(path, err)
	}
	if application != s.ID {
		return &engine.UnusableError{Path: path, Why: "it is not an eshopctl state file", Next: diagnosis.NameOther()}
	}
	switch {
	case version > s.Newest():
		return &engine.UnusableError{Path: path, Why: fmt.Sprintf("it was written by a newer eshopctl (schema %d, this one knows %d)",
			version, s.Newest()),
			Next: connector.Advice("use that eshopctl, or name another file with --state FILE")}
	case version < s.Oldest:
		return &engine.UnusableError{Path: path, Why: fmt.Sprintf("it says that it has schema %d, and there are no files of a schema below %d",
			version, s.Oldest), Next: diagnosis.NameOther()}
	}
	return nil
}

// Migrate applies the missing steps in one transaction, all or none. If two processes start
// together they take turns, and the second has nothing to do.
func (s Schema) Migrate(ctx context.Context, tx *sql.Tx, path string) error {
	var version int
	if err := tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	for i, step := range s.Steps {
		made := s.Oldest + i
		if made <= version {
			continue
		}
		if err := s.applyStep(ctx, tx, made, step); err != nil {
			return s.notMigrated(path, version, step, err)
		}
		if err := failpoint.Reach("migrate/step"); err != nil {
			return err
		}
	}
	return nil
}

// notMigrated is the error of a step that failed. The transaction is rolled back, so
// that the file is as it was, and the program that wrote it can still use it.
func (s Schema) notMigrated(path string, version int, step Step, err error) error {
	var failure *modernc.Error
	if !errors.As(err, &failure) || failure.Code()&0xff != sqlite3.SQLITE_ERROR && failure.Code()&0xff != sqlite3.SQLITE_CONSTRAINT {
		return diagnosis.Unusable(path, err) // the disk failed, not the step
	}
	return &engine.UnusableError{
		Path: path, Err: err,
		Why: fmt.Sprintf("it was written by an older eshopctl (schema %d), and bringing it up to date (schema %d) failed at step %s: %s; it was left as it was",
			version, s.Newest(), step.Name, failure.Error()),
		Next: diagnosis.BackingUp.After("take away what another program put into it (the reason names it), or go on with the older eshopctl; a copy of the file for a report: "),
	}
}

func (s Schema) applyStep(ctx context.Context, tx *sql.Tx, number int, step Step) error {
	if _, err := tx.ExecContext(ctx, step.SQL); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d", s.ID, number))
	return err
}
