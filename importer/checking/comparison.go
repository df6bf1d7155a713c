package checking

import (
	"context"
	"errors"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// comparison compares every record of the shop with every row.
type comparison struct {
	ctx      context.Context
	catalog  importer.CatalogReader
	reporter importer.Reporter
	dropped  walk.UnreadableSnapshots // snapshots to compare without
	snapshot importer.Snapshot
	owners   walk.Owners
	gaps     importer.Gaps

	findings *findings
	totals   *totals
	unread   walk.Unread    // of the current table
	last     *walk.LastRead // of the current table
}

func (c *comparison) compareTables() error {
	for _, remark := range c.dropped.Remarks() {
		if err := c.findings.remark(remark); err != nil {
			return err
		}
	}
	for _, t := range importer.TablesOf(c.findings.plan.Resources) {
		c.reporter.Planning(t)
		c.totals.sides[t.Name] = importer.Sides{}
		c.countNameless(t)
		if err := c.compareTable(t); err != nil {
			return err
		}
	}
	for _, units := range c.totals.units {
		if err := c.nameUnits(units); err != nil {
			return err
		}
	}
	return nil
}

// compareTable compares every record of one table with every row.
func (c *comparison) compareTable(t *importer.Table) error {
	imported, err := c.catalog.ImportedSnapshot(c.ctx, t)
	unknown := c.dropped.HasDropped(imported, err)
	if err != nil && !errors.Is(err, importer.ErrNotKept) && !unknown {
		return err
	}
	if unknown {
		imported = nil
	}
	if c.unread, c.last, err = walk.UnreadSince(c.ctx, c.catalog, t, c.snapshot, imported, c.dropped); err != nil {
		return err
	}
	defer c.last.Stop()
	sides := walk.JoinKeys(importer.RecordsOf(c.snapshot, t), c.catalog.Rows(c.ctx, t), t.Key,
		func(row importer.Row) string { return row.Key })
	then := walk.JoinKeys(walk.RecordsOf(imported, t), c.catalog.Deviations(c.ctx, t), t.Key,
		func(d importer.Deviation) string { return d.Key })
	return walk.PairKeys(sides, then, walk.Couple[importer.Record, importer.Row].Key, walk.Couple[importer.Record, importer.Deviation].Key,
		func(key string, now *walk.Couple[importer.Record, importer.Row], then *walk.Couple[importer.Record, importer.Deviation]) error {
			if now == nil {
				return c.ctx.Err() // neither side has it any more
			}
			was := knowledgeOf(then)
			if err := c.asStored(key, now, &was); err != nil {
				return err
			}
			was.unknown = unknown
			return c.compareKey(t, key, *now, was)
		})
}

// asStored gives both sides, and what the last run knew, the same values in columns that
// were not read.
func (c *comparison) asStored(key string, now *walk.Couple[importer.Record, importer.Row], was *knowledge) error {
	if err := c.last.CompleteRecords(key, &was.read, &was.imported); err != nil {
		return err
	}
	stored := was.imported
	if now.Right != nil {
		stored = now.Right.Record
	}
	if now.Left != nil {
		now.Left = new(now.Left.WithColumns(stored, c.unread.Now))
	}
	unknown := c.unread.Now | c.unread.Unknown
	was.read, was.imported = was.read.WithColumns(stored, unknown), was.imported.WithColumns(stored, unknown)
	was.fillUnheld(now)
	return nil
}

// compareKey accounts for one key.
func (c *comparison) compareKey(t *importer.Table, key string, now walk.Couple[importer.Record, importer.Row], was knowledge) error {
	rejects, err := c.wouldReject(t, now)
	if err != nil {
		return err
	}
	c.totals.addKey(t, now, !rejects || now.Left != nil && t.IsSound(*now.Left))
	counts := c.findings.plan.Counts.Of(t)
	change := importer.Change{Table: t, Key: key}
	switch {
	case rejects:
		return c.compareRejected(change, now)
	case now.Left == nil:
		if kept, err := c.keptAsMissing(t, *now.Right); kept || err != nil {
			return err
		}
		change.Action, change.LocalID, change.Fields = importer.Remove, now.Right.LocalID, importer.AllFields(t, now.Right.Record, nil)
		if t.Kept {
			change.Action, change.Fields = importer.Miss, nil
		}
	case now.Right == nil:
		change.Action, change.Records = importer.Create, 1
	case t.Equal(*now.Left, now.Right.Record) && !now.Right.Missing && !now.Right.Astray:
		counts.Read++
		counts.Unchanged++
		return nil
	default:
		change.Action, change.LocalID, change.Fields = importer.Update, now.Right.LocalID,
			importer.ChangedFields(t, now.Right.Record, *now.Left)
		change.Filled = importer.OnlyFills(change.Fields, was.imported, *now.Right)
	}
	if !change.Filled {
		change.Moved = whoMoved(t, now, was)
	}
	if change.Moved == importer.ByBoth {
		change.Imported = was.imported
	}
	return c.findings.addDifference(change)
}

// wouldReject reports whether an import would reject the record, or leave the row alone
// because the snapshot does not say whether the shop still has it.
func (c *comparison) wouldReject(t *importer.Table, now walk.Couple[importer.Record, importer.Row]) (bool, error) {
	if now.Left != nil {
		_, short := c.gaps.IncompleteOf(t, *now.Left)
		return short || !t.IsSound(*now.Left), nil
	}
	if c.gaps.MayHold(t, now.Right.Record) {
		return true, nil
	}
	return c.owners.HasUnsound(t, now.Right.Record)
}

// compareRejected accounts for a record that an import would reject. Only a sound record
// can be compared with its row.
func (c *comparison) compareRejected(change importer.Change, now walk.Couple[importer.Record, importer.Row]) error {
	t := change.Table
	change.Moved = importer.ByRejected
	switch {
	case now.Left == nil:
		return nil
	case now.Right == nil:
		change.Action, change.Records = importer.Create, 1
	case !t.IsSound(*now.Left) || t.Equal(*now.Left, now.Right.Record):
		c.findings.countRejected(t)
		return nil
	default:
		change.Action, change.LocalID, change.Fields = importer.Update, now.Right.LocalID,
			importer.ChangedFields(t, now.Right.Record, *now.Left)
	}
	return c.findings.addDifference(change)
}

// keptAsMissing reports whether it is right that there is a row although the shop no longer
// shows the record: the row is marked missing, or its owner is gone from the shop and
// marked missing or gone here, too.
func (c *comparison) keptAsMissing(t *importer.Table, row importer.Row) (kept bool, err error) {
	kept = row.Missing
	if !t.Kept && t.Stocked == nil {
		kept, err = c.ownerGone(t.OwnerOf(row.Record))
	}
	if kept {
		c.totals.changeSides(t, func(s *importer.Sides) { s.Missing++ })
	}
	return kept, err
}

func (c *comparison) ownerGone(owner importer.ParentRef) (bool, error) {
	if shown, err := c.owners.HasOwner(owner); shown || err != nil {
		return false, err
	}
	if owner.Part == nil {
		return true, nil
	}
	row, has, err := c.catalog.FindRow(c.ctx, owner.Part, owner.ID)
	return !has || row.Missing, err
}

// countNameless accounts for records without an id, which cannot be compared.
func (c *comparison) countNameless(t *importer.Table) {
	for _, one := range c.snapshot.Info().Nameless {
		if one.Table == t.Name {
			c.totals.changeSides(t, func(s *importer.Sides) { s.Shop++ })
			c.findings.countRejected(t)
		}
	}
}

// nameUnits names a location by its warehouse, if the locations were not read.
func (c *comparison) nameUnits(units *importer.WarehouseUnits) error {
	if units.Name != "" {
		return nil
	}
	row, has, err := c.catalog.FindRow(c.ctx, importer.Warehouses, units.ExternalID)
	if has {
		units.Name = row.Record[importer.WarehouseName].Text()
	}
	return err
}
