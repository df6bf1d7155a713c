package runs

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
)

// runIDSigns are the characters of run ids, in order, without i, l, o and u, which are
// mistaken for others.
const runIDSigns = "0123456789abcdefghjkmnpqrstvwxyz"

// newRunID makes an id for a run that began then: date and time; two characters for the
// moment within the minute, so that ids sort by time; six random characters, because
// several runs may begin at the same moment.
func newRunID(began time.Time) string {
	began = began.UTC()
	moment := int64(began.Sub(began.Truncate(time.Minute))) * (1 << 10) / int64(time.Minute)
	var chance [6]byte
	rand.Read(chance[:]) // never fails
	suffix := []byte{runIDSigns[moment/32], runIDSigns[moment%32]}
	for _, b := range chance {
		suffix = append(suffix, runIDSigns[b%32])
	}
	return began.Format("20060102-1504-") + string(suffix)
}

// insertRun stores a run under an id that no other run has, and returns the id.
func insertRun(ctx context.Context, tx *sql.Tx, run importer.Run) (id string, err error) {
	const tries = 100 // two are rare; only a broken table makes all of them fail
	for range tries {
		id = newRunID(run.StartedAt)
		result, err := tx.ExecContext(ctx, `INSERT INTO runs
			(id, kind, store, provider, domain, account_id, status, plan, reader, started_at, counts, warnings_by, rejected_by, accepted_of, resources, not_read, started_by)
			VALUES (?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, '{}', '{}', ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
			id, run.Kind, run.Store, run.Provider, run.Domain, run.AccountID, run.Plan, run.Reader, engine.FormatTime(run.StartedAt), engine.EncodeJSON(run.Counts), run.AcceptedOf,
			engine.EncodeList(run.Resources), engine.EncodeList(run.NotRead), run.StartedBy)
		if err != nil {
			return "", err
		}
		if n, err := result.RowsAffected(); n > 0 || err != nil {
			return id, err
		}
	}
	return "", errNoNewRun
}

var errNoNewRun = errors.New("its table runs takes no new run")
