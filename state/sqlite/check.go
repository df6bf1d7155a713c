package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// errDamagedFile is the cause of what a check found wrong in a file.
var errDamagedFile = errors.New("the file is damaged")

// quickCheck looks through all pages of a file for that long at most, and reports
// whether it came to the end, and the first thing that is wrong.
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
		return true, fmt.Errorf("%w: %s", errDamagedFile, verdict)
	}
	return true, nil
}
