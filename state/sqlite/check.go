package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/state/sqlite/diagnosis"
)

// quickCheck checks all pages of a file, for that long at most. It returns whether it came
// to the end, and the first problem.
func quickCheck(ctx context.Context, db *sql.DB, limit time.Duration) (all bool, err error) {
	bounded, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	var verdict string
	err = db.QueryRowContext(bounded, "PRAGMA quick_check(1)").Scan(&verdict)
	switch {
	case ctx.Err() != nil:
		return false, ctx.Err()
	case bounded.Err() != nil:
		return false, nil
	case err != nil:
		return false, err
	case verdict != "ok":
		return true, fmt.Errorf("%w: %s", diagnosis.ErrDamaged, verdict)
	}
	return true, nil
}

// checkWhole returns the first problem of the file.
func checkWhole(ctx context.Context, in *sql.DB) error {
	var verdict string
	if err := in.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return errors.New("the copy is damaged: " + verdict)
	}
	var orphans int
	if err := in.QueryRowContext(ctx, "SELECT count(*) FROM pragma_foreign_key_check").Scan(&orphans); err != nil {
		return err
	}
	if orphans > 0 {
		return fmt.Errorf("the copy is damaged: %d rows belong to nothing", orphans)
	}
	return nil
}
