package warehouses

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state/catalog"
	"github.com/eshopos/eshopctl/state/chunks"
	"github.com/eshopos/eshopctl/state/engine"
)

// PlanMerge returns what merging two warehouses of the connector's store would do.
func (m *Mapping) PlanMerge(ctx context.Context, c connector.Connector, from, into string) (job.MergePlan, error) {
	merge, err := planMerge(ctx, m.db.Read(), c, from, into)
	return merge, m.told(err)
}

func planMerge(ctx context.Context, in engine.Querier, c connector.Connector, from, into string) (m job.MergePlan, err error) {
	if m.From, err = warehouseNamed(ctx, in, c.Store, from); err != nil {
		return m, err
	}
	if m.Into, err = warehouseNamed(ctx, in, c.Store, into); err != nil {
		return m, err
	}
	if m.From.Row == m.Into.Row {
		return m, fmt.Errorf("warehouse %s (%q): %w", m.From.ID, m.From.Name, job.ErrSameWarehouse)
	}
	fromHas, err := stillShown(ctx, in, c, m.From)
	if err != nil {
		return m, err
	}
	intoHas, err := stillShown(ctx, in, c, m.Into)
	if err != nil {
		return m, err
	}
	if fromHas && intoHas {
		return m, fmt.Errorf("warehouse %s (%q) stands for %s and %s (%q) for %s: %w",
			m.From.ID, m.From.Name, m.From.ExternalID, m.Into.ID, m.Into.Name, m.Into.ExternalID, job.ErrTwoPlaces)
	}
	m.Taken = m.From.ExternalID != "" && (fromHas || m.Into.ExternalID == "")
	kept, dropped := m.Into, m.From
	if m.Taken {
		kept, dropped = m.From, m.Into
	}
	m.Location, m.Dropped = kept.ExternalID, dropped.ExternalID
	if m.Stock, err = stockOf(ctx, in, kept); err == nil {
		m.Lost, err = stockOf(ctx, in, dropped)
	}
	return m, err
}

// stillShown reports whether a warehouse is linked to a location that the connected shop
// has, as far as the last import saw.
func stillShown(ctx context.Context, in engine.Querier, c connector.Connector, w job.Warehouse) (shown bool, err error) {
	if w.ExternalID == "" || w.MissingSince != "" {
		return false, nil
	}
	err = in.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM accounts WHERE id = ? AND store = ? AND provider = ? AND external_id = ?)",
		w.Account, c.Store, c.Provider, c.AccountID).Scan(&shown)
	return shown, err
}

// MergeWarehouses does what was planned, in one transaction, if the two are still as they
// were. The caller holds the store's lock.
func (m *Mapping) MergeWarehouses(ctx context.Context, c connector.Connector, planned job.MergePlan) error {
	return m.db.Update(ctx, func(tx *sql.Tx, _ time.Time) error {
		now, err := planMerge(ctx, tx, c, planned.From.ID, planned.Into.ID)
		if err == nil && now != planned {
			err = job.ErrMergeChanged
		}
		if err != nil {
			return err
		}
		for _, step := range []func(context.Context, *sql.Tx, string, job.MergePlan) error{dropStock, joinHistory, joinRows} {
			if err := step(ctx, tx, c.Store, now); err != nil {
				return m.told(err)
			}
		}
		return errors.Join(m.db.Unusable(catalog.BumpSerial(ctx, tx, c.Store)), failpoint.Reach("merge/done"))
	})
}

// dropStock deletes the levels of a location to which no warehouse is linked any more.
func dropStock(ctx context.Context, tx *sql.Tx, _ string, m job.MergePlan) error {
	if m.Dropped == "" {
		return nil
	}
	dropped := m.From
	if m.Taken {
		dropped = m.Into
	}
	_, err := tx.ExecContext(ctx, "DELETE FROM stock WHERE account = ? AND warehouse_external_id = ?", dropped.Account, dropped.ExternalID)
	return err
}

// joinRows deletes one row and gives the other what the shop says of the location. What was
// imported stays as it was: the location has the same content in another row, so nothing
// counts as an edit.
func joinRows(ctx context.Context, tx *sql.Tx, _ string, m job.MergePlan) error {
	content := make([]any, 6)
	into := make([]any, len(content))
	for i := range content {
		into[i] = &content[i]
	}
	if err := tx.QueryRowContext(ctx, "SELECT "+ofTheLocation+" FROM warehouses WHERE id = ?", m.From.Row).Scan(into...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "UPDATE importing SET yes = 1"); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM warehouses WHERE id = ?", m.From.Row); err != nil {
		return err
	}
	if m.Taken {
		// #nosec G202 -- names of our own columns; values are bound
		if _, err := tx.ExecContext(ctx, "UPDATE warehouses SET ("+ofTheLocation+") = ("+placeholders(len(content))+") WHERE id = ?", append(content, m.Into.Row)...); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "UPDATE importing SET yes = 0")
	return err
}

// ofTheLocation are the columns that come from the location.
const ofTheLocation = "account, external_id, name, active, address, missing_since"

// joinHistory replaces one warehouse by the other in everything that is stored about them.
func joinHistory(ctx context.Context, tx *sql.Tx, store string, m job.MergePlan) error {
	if _, err := tx.ExecContext(ctx, "UPDATE OR REPLACE stood_for SET warehouse = ? WHERE warehouse = ?", m.Into.Row, m.From.Row); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, `UPDATE remarks SET local_id = ? WHERE resource = ? AND local_id = ? AND run IN (SELECT id FROM runs WHERE store = ?)`,
		m.Into.ID, importer.Warehouses.Name, m.From.ID, store); err != nil {
		return err
	}
	return renameInChanges(ctx, tx, store, m.From.ID, m.Into.ID)
}

// renameInChanges replaces the local id of a warehouse in the changes of stored plans.
func renameInChanges(ctx context.Context, tx *sql.Tx, store, from, into string) error {
	type place struct {
		plan string
		seq  int
		data chunks.Content
	}
	var places []place
	found, err := tx.QueryContext(ctx, "SELECT plan, seq, data FROM plan_chunks JOIN plans ON run = plan WHERE store = ? AND resource = ?", store, importer.Warehouses.Name)
	if err != nil {
		return err
	}
	defer found.Close()
	for found.Next() {
		var at place
		if err := found.Scan(&at.plan, &at.seq, &at.data); err != nil {
			return err
		}
		places = append(places, at)
	}
	if err := found.Err(); err != nil {
		return err
	}
	for _, at := range places {
		changed, did, err := renamedChanges(at.data, from, into)
		if err != nil || !did {
			continue // reading the plan reports what cannot be read
		}
		if _, err := tx.ExecContext(ctx, "UPDATE plan_chunks SET data = ? WHERE plan = ? AND resource = ? AND seq = ?", changed, at.plan, importer.Warehouses.Name, at.seq); err != nil {
			return err
		}
	}
	return nil
}

func renamedChanges(chunk chunks.Content, from, into string) (data []byte, did bool, err error) {
	var changes chunks.Changes
	for change, err := range chunk.Changes(importer.Warehouses) {
		if err != nil {
			return nil, false, err
		}
		if change.LocalID == from {
			change.LocalID, did = into, true
		}
		changes.AddChange(change)
	}
	return changes.PackChunk(), did, nil
}
func placeholders(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
