package planning

import (
	"context"
	"errors"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// draft is a plan while it is made.
type draft struct {
	ctx      context.Context
	catalog  importer.CatalogReader
	report   importer.Reporter
	dropped  walk.UnreadableSnapshots // snapshots that are done without
	platform connector.Platform
	snapshot importer.Snapshot
	choices  importer.Choices

	book    *book
	lost    *lostRecords
	mapping *matcher
	former  map[string]bool // products of former shops, by external id
	at      hand
}

// hand is what is known of the table that is planned now.
type hand struct {
	unread walk.Unread
	last   *walk.LastRead
	empty  bool // it holds no row of this account
}

// makeChange adds a change to the plan and notes what it means for records that refer to
// this one.
func (d *draft) makeChange(c importer.Change) error {
	if c.Action == importer.Remove {
		d.lost.loseRecord(c.Table, c.Key)
	}
	if c.Rejected {
		d.lost.keepParts(c.Table, c.Key)
	}
	return d.book.addChange(c)
}

// removeRow adds the removal of a row. If the shop still shows the record it is not known
// any more what was imported into it.
func (d *draft) removeRow(change importer.Change, row importer.Record) error {
	t := change.Table
	change.Action, change.Fields, change.Zeroed = importer.Remove, importer.AllFields(t, row, nil), t.InStock(row) > 0
	if change.Rejected {
		change.Imported = nil
	}
	if err := d.remarkRemoved(change, row); err != nil {
		return err
	}
	return d.makeChange(change)
}

// remarkRemoved remarks on tracked stock that is removed.
func (d *draft) remarkRemoved(change importer.Change, level importer.Record) error {
	t := change.Table
	if !t.IsTracked(level) {
		return nil
	}
	what, err := d.whatWhere(t, level)
	if err != nil {
		return err
	}
	message := "the shop no longer stocks %s; it had %s"
	if change.Rejected || !d.lost.covered[t] {
		message = "the stock of %s goes with what it belongs to; it had %s"
	}
	return d.book.warn(importer.WarnStockRemoved, t, change.Key, "",
		fmt.Sprintf(message, what, importer.FigureText(level, t.Stocked.Number)),
		connector.Advice("check that the item was meant to leave this location"))
}

// leaveRow adds a change that is not counted as a drift.
func (d *draft) leaveRow(change importer.Change) error {
	change.Drifted = false
	return d.makeChange(change)
}

// whatWhere names a level by its SKU and by its warehouse's name in the store.
func (d *draft) whatWhere(t *importer.Table, level importer.Record) (string, error) {
	if t != importer.Stock {
		return fmt.Sprintf("%q", importer.ShowKey(t.Key(level))), nil
	}
	id := level[importer.StockWarehouse].Text()
	if _, known := d.mapping.places[id]; !known {
		row, ok, err := d.catalog.FindRow(d.ctx, importer.Warehouses, id)
		if err != nil {
			return "", err
		}
		d.mapping.places[id] = id
		if ok {
			d.mapping.places[id] = row.Record[importer.WarehouseName].Text()
		}
	}
	return importer.NameLevel(level, d.mapping.places[id]), nil
}

// keepStanding leaves a row as it is, without its references to records that will not
// exist. rejected says that the shop shows the record.
func (d *draft) keepStanding(t *importer.Table, m walk.Versions, row importer.Row, rejected bool) error {
	stays, err := d.lost.whatStays(t, m, row.Record)
	if err != nil {
		return err
	}
	change := importer.Change{
		Action: importer.Leave, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record), Drifted: m.EditedHere(t, row),
		Imported: m.Imported, Foreign: row.Foreign, Rejected: rejected,
	}
	switch {
	case stays == nil:
		return d.removeRow(change, row.Record)
	case t.Equal(stays, row.Record) && rejected:
		change.Action = importer.Reject
	case !t.Equal(stays, row.Record):
		change.Action, change.Fields = importer.Mend, importer.ChangedFields(t, row.Record, stays)
	}
	return d.leaveRow(change)
}

func (d *draft) mendRow(t *importer.Table, row importer.Row, mended importer.Record) error {
	return d.makeChange(importer.Change{
		Action: importer.Mend, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: importer.ChangedFields(t, row.Record, mended), Foreign: row.Foreign,
	})
}

// importedSnapshot returns the snapshot from which a table was imported last, the rows in
// its place if it cannot be read, or nil if there are no rows.
func (d *draft) importedSnapshot(t *importer.Table) (importer.Snapshot, error) {
	imported, err := d.catalog.ImportedSnapshot(d.ctx, t)
	if !errors.Is(err, importer.ErrNotKept) && !d.dropped.HasDropped(imported, err) {
		return imported, err
	}
	if d.at.empty {
		return nil, nil
	}
	return walk.RowsAsSnapshot(d.ctx, d.catalog), nil
}
