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

// A plan is applied as it was shown, or refused as stale. This file has all reasons for that:
// CheckFit is called before a run begins, unwrittenSince again inside the transaction, and
// asSeen there for each row that the plan changes.

// CheckFit makes sure that a plan can be applied: its snapshot is kept, shop, currency,
// scopes and capabilities are the same, eshopctl has not written the store since, and it is
// not older than maxAge.
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

// isKept makes sure that the snapshot of the plan is kept.
func isKept(ctx context.Context, p *importer.Plan, workspace importer.Workspace) error {
	_, err := workspace.Snapshot(ctx, p.Snapshot)
	if errors.Is(err, importer.ErrNotKept) {
		return StaleError("what it read is not kept any more; the newest snapshots push out older ones")
	}
	return StoredBadly(err)
}

// unwrittenSince makes sure that eshopctl has not written the store since the plan was
// made. serial is the present serial of the catalogue.
func unwrittenSince(p *importer.Plan, serial int64) error {
	if serial == p.Serial {
		return nil
	}
	return StaleError("another run, link or unlink of this store came in between")
}

// asSeen makes sure that a row is as the plan saw it. edited says that somebody edited rows
// since. If the row differs though no edit is known, the next plan would be just as wrong:
// only a reconciliation finds such a row.
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

// stoodForSince is the fault of a change for a record that is linked to another row by now.
func stoodForSince(c importer.Change) error {
	return StaleError(fmt.Sprintf("another of the %s stands for %s since the plan was made", c.Table.Name, importer.ShowKey(c.Key)))
}

// StoredBadly returns the fault of a plan or snapshot that cannot be read, nil for any
// other error.
func StoredBadly(err error) error {
	var which *importer.UnreadableError
	if !errors.As(err, &which) {
		return nil
	}
	return StaleError(which.Error())
}

// StaleError is the fault of a plan that is stale, with the reason.
func StaleError(why string) error {
	return &connector.Fault{Code: connector.StalePlan, Message: "the plan is stale: " + why,
		Next: connector.Typed("import preview").ForStoreAtHand().Next(), Err: errStale}
}

var errStale = errors.New("stale plan")
