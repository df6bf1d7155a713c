package workspace

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/state/engine"
)

// operations remembers the operations that run in a shop for one connector.
type operations struct {
	db                       *engine.DB
	store, provider, account string
}

// FindOperation returns the operation that was noted for a document, and when; the id is ""
// if there is none.
func (o *operations) FindOperation(ctx context.Context, document string) (id string, noted time.Time, err error) {
	err = o.db.Read().QueryRowContext(ctx, "SELECT operation, noted_at FROM operations WHERE store = ? AND provider = ? AND account_id = ? AND document = ?",
		o.store, o.provider, o.account, documentDigest(document)).Scan(&id, engine.TimeInto(&noted))
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, nil
	}
	return id, noted, o.db.Unusable(err)
}

// NoteOperation remembers the operation that now runs for a document.
func (o *operations) NoteOperation(ctx context.Context, document, id string) error {
	return o.db.Update(ctx, func(tx *sql.Tx, now time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO operations (store, provider, account_id, document, operation, noted_at) VALUES (?, ?, ?, ?, ?, ?)",
			o.store, o.provider, o.account, documentDigest(document), id, engine.FormatTime(now))
		return o.db.Unusable(err)
	})
}

// ForgetOperation forgets what was noted for a document.
func (o *operations) ForgetOperation(ctx context.Context, document string) error {
	if id, _, err := o.FindOperation(ctx, document); err != nil || id == "" {
		return err
	}
	return o.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM operations WHERE store = ? AND provider = ? AND account_id = ? AND document = ?",
			o.store, o.provider, o.account, documentDigest(document))
		return o.db.Unusable(err)
	})
}

// forgetOperations forgets all operations of the shop that a run read: their data is in the
// run's snapshot.
const forgetOperations = `DELETE FROM operations
	WHERE (store, provider) = (SELECT store, provider FROM runs WHERE id = ?) AND account_id = ?`

func documentDigest(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}
