package applying

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// A plan is applied as it was shown, or refused as stale. What makes it so stands here:
// Fits is asked before a run begins, unwrittenSince again inside the transaction, and
// asSeen there for each row that the plan changes.

// CheckFit checks that a plan still fits: what it read is kept, the same shop, scopes and
// capability set, no write by eshopctl since, not older than maxAge.
func CheckFit(ctx context.Context, p *importer.Plan, c connector.Connector, catalog importer.CatalogReader,
	workspace importer.Workspace, now time.Time, maxAge time.Duration) error {
	serial, _, err := catalog.Serial(ctx)
	if err == nil {
		err = unwrittenSince(p, serial)
	}
	if err != nil {
		return err
	}
	switch {
	case c.AccountID != p.AccountID:
		return StaleError("the store is connected to another shop now")
	case p.Currency != "" && c.Currency != p.Currency:
		return StaleError(fmt.Sprintf("the shop's currency changed from %s to %s", p.Currency, c.Currency))
	case !slices.Equal(slices.Sorted(slices.Values(c.Scopes)), p.Scopes):
		return StaleError("the scopes that the shop grants changed")
	case !slices.Equal(c.Capabilities(), p.Capabilities):
		return StaleError("the capability set of the connector changed")
	case p.MadeAt.Sub(now) > importer.ClockSkew:
		return StaleError(fmt.Sprintf("it was made in the future (%s): the clock of this machine was wrong then, or is now",
			p.MadeAt.Format("2006-01-02 15:04 UTC")))
	case now.Sub(p.MadeAt) > maxAge:
		return StaleError(fmt.Sprintf("it was made %s ago, more than %s", now.Sub(p.MadeAt).Round(time.Minute), maxAge))
	}
	return isKept(ctx, p, workspace)
}

// isKept makes sure that what the plan was made from is there. What else is wrong with
// it is told when it is applied.
func isKept(ctx context.Context, p *importer.Plan, workspace importer.Workspace) error {
	_, err := workspace.Snapshot(ctx, p.Snapshot)
	if errors.Is(err, importer.ErrNotKept) {
		return StaleError("what it read is not kept any more; the newest snapshots push out older ones")
	}
	return StoredBadly(err)
}

// unwrittenSince makes sure that eshopctl wrote nothing into the store since the plan
// was made. serial counts its writes.
func unwrittenSince(p *importer.Plan, serial int64) error {
	if serial == p.Serial {
		return nil
	}
	return StaleError("another run, link or unlink of this store came in between")
}

// asSeen makes sure that a row is as the plan saw it. Where it is not, and nobody is known
// to have edited any, what was noted about it was, and the next plan would see the same:
// only comparing every row finds it.
func asSeen(p *importer.Plan, m step, edited bool) error {
	if m.there && m.Saw.FingerprintOf(m.Table, m.row.Record) == m.Seen {
		return nil
	}
	what := fmt.Sprintf("%s %s", m.Table.Name, importer.ShowKey(m.Key))
	if edited {
		return StaleError(what + " was edited since the plan was made")
	}
	return &connector.Fault{Code: connector.StalePlan, Err: errStale,
		Message: "the plan is stale: " + what + " is not what the state says of it, though nobody is known to have edited it",
		Next:    connector.Typed("reconcile").For(p.Store).After("have every row compared, after which the next import mends it:\n")}
}

// stoodForSince is the fault of a record that another row stands for by now.
func stoodForSince(c importer.Change) error {
	return StaleError(fmt.Sprintf("another of the %s stands for %s since the plan was made", c.Table.Name, importer.ShowKey(c.Key)))
}

// StoredBadly is the fault of a plan that cannot be read, nil for any other error. Only
// a new one leads on.
func StoredBadly(err error) error {
	var which *importer.UnreadableError
	if !errors.As(err, &which) {
		return nil
	}
	return StaleError(which.Error())
}

// StaleError says that a plan does not fit any more, and why.
func StaleError(why string) error {
	return &connector.Fault{Code: connector.StalePlan, Message: "the plan is stale: " + why,
		Next: connector.Typed("import preview").ForStoreAtHand().Next(), Err: errStale}
}

var errStale = errors.New("stale plan")
