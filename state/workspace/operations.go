package workspace

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
)

// Operations remembers the bulk operations that run for one connector.
type Operations struct {
	space                    *Workspace
	store, provider, account string
}

// Operations returns the memory of c's operations.
func (w *Workspace) Operations(c connector.Connector) importer.Ledger {
	return &Operations{w, c.Store, c.Provider, c.AccountID}
}

// Recall returns the operation that was noted for a document, "" when there is
// none, and when it was noted.
func (o *Operations) Recall(ctx context.Context, document string) (id string, noted time.Time, err error) {
	err = o.space.db.Read().QueryRowContext(ctx, "SELECT operation, noted_at FROM operations WHERE store = ? AND provider = ? AND account_id = ? AND document = ?",
		o.store, o.provider, o.account, digestOf(document)).Scan(&id, engine.TimeInto(&noted))
	if errors.Is(err, sql.ErrNoRows) {
		return "", time.Time{}, nil
	}
	return id, noted, o.space.db.Unusable(err)
}

// Note remembers the operation that now runs for a document.
func (o *Operations) Note(ctx context.Context, document, id string) error {
	return o.space.db.Update(ctx, func(tx *sql.Tx, now time.Time) error {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO operations (store, provider, account_id, document, operation, noted_at) VALUES (?, ?, ?, ?, ?, ?)",
			o.store, o.provider, o.account, digestOf(document), id, engine.FormatTime(now))
		return o.space.db.Unusable(err)
	})
}

// Forget forgets what was noted for a document.
func (o *Operations) Forget(ctx context.Context, document string) error {
	if id, _, err := o.Recall(ctx, document); err != nil || id == "" {
		return err
	}
	return o.space.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM operations WHERE store = ? AND provider = ? AND account_id = ? AND document = ?",
			o.store, o.provider, o.account, digestOf(document))
		return o.space.db.Unusable(err)
	})
}

// forgetOperations forgets all operations for the shop that a run read: what they
// brought is in its snapshot.
const forgetOperations = `DELETE FROM operations
	WHERE (store, provider) = (SELECT store, provider FROM runs WHERE id = ?) AND account_id = ?`

func digestOf(document string) string {
	sum := sha256.Sum256([]byte(document))
	return hex.EncodeToString(sum[:])
}
