package planning

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// fresh decides about a record that the shop shows. row is nil when there is
// none.
//
// Three states of it are known: what the shop has now, what the row has now,
// and what was imported last. Only the third tells a local edit from a change
// in the shop.
func (p *planning) fresh(t *importer.Table, m walk.Versions, row *importer.Row) error {
	if why := t.Invalid(m.Fresh); why != "" {
		return p.reject(t, m, row, importer.RejectValueInvalid, "it has a value that cannot be stored: "+why, importer.CorrectInShop())
	}
	if unfit, err := p.withoutParent(t, m.Fresh, row); unfit.why != "" || err != nil {
		if err != nil {
			return err
		}
		return p.reject(t, m, row, importer.RejectParentRejected, unfit.why, unfit.next)
	}
	if one, short := p.gaps.IncompleteOf(t, m.Fresh); short {
		return p.reject(t, m, row, importer.RejectIncomplete, one.Why(), p.saveOnce())
	}
	if t == importer.Warehouses && row == nil {
		return p.newWarehouse(m)
	}
	if row == nil {
		return p.create(t, m.Key)
	}
	return p.compare(t, m, *row)
}

// compare decides about a record that has a row.
func (p *planning) compare(t *importer.Table, m walk.Versions, row importer.Row) error {
	if t.Equal(row.Record, m.Fresh) && !row.Missing && !row.Astray {
		p.plan.Counts.Of(t).Unchanged++
		p.apart = true
		return nil
	}
	change := importer.Change{
		Action: importer.Update, Table: t, Key: m.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: importer.Differences(t, row.Record, m.Fresh), Zeroed: t.Zeroes(row.Record, m.Fresh),
	}
	change.Drifted, change.Imported = m.Edited(t, row), m.Imported
	change.Drifted = slices.ContainsFunc(change.Fields, change.Edited)
	change.Filled = importer.OnlyFills(change.Fields, m.Imported, row)
	if change.Drifted {
		change.Both = m.Imported != nil && !t.Equal(m.Imported.Keeping(m.Fresh, m.Imported.UnheldColumns()), m.Fresh)
		if p.choices.KeepLocalEdits {
			stays, err := p.standing(t, m, row.Record)
			if err != nil {
				return err
			}
			if stays != nil && t.Equal(stays, row.Record) {
				return p.keepEdit(change)
			}
		}
		if err := p.warn(importer.WarnLocalEditOverwritten, t, m.Key, row.LocalID, "edited here since the last import: "+importer.FieldNames(t, change.Fields, change.Edited),
			connector.Advice("keep such edits with --keep-local-edits, or make them in the shop")); err != nil {
			return err
		}
	}
	if err := p.remarkUpdate(change, row.Record, m.Fresh); err != nil {
		return err
	}
	return p.change(change)
}

// keepEdit leaves a record as a whole: what the shop changed of it is not taken
// either.
func (p *planning) keepEdit(change importer.Change) error {
	change.Action, change.Zeroed = importer.Skip, false
	message := "edited here and kept: " + importer.FieldNames(change.Table, change.Fields, change.Edited)
	if rest := importer.FieldNames(change.Table, change.Fields, func(f importer.FieldChange) bool { return !change.Edited(f) }); rest != "" {
		message += "; not taken from the shop: " + rest
	}
	if err := p.warn(importer.WarnLocalEditKept, change.Table, change.Key, change.LocalID, message,
		connector.Advice("leave out --keep-local-edits to take the shop's values")); err != nil {
		return err
	}
	return p.change(change)
}

// remarkUpdate remarks on updates that an operator wants to hear of.
func (p *planning) remarkUpdate(change importer.Change, old, fresh importer.Record) error {
	switch {
	case change.Table == importer.Warehouses && old[importer.WarehouseName].Text() != fresh[importer.WarehouseName].Text():
		return p.warn(importer.WarnWarehouseRenamed, importer.Warehouses, change.Key, change.LocalID,
			fmt.Sprintf("renamed from %q to %q; it stays the same warehouse", old[importer.WarehouseName].Text(), fresh[importer.WarehouseName].Text()),
			connector.Advice("nothing to do if the rename was meant"))
	case change.Zeroed && fresh[change.Table.Stocked.Number].Present(): // else it was told when it was read
		what, err := p.whatWhere(change.Table, fresh)
		if err != nil {
			return err
		}
		number := change.Table.Stocked.Number
		return p.warn(importer.WarnStockZeroed, change.Table, change.Key, "",
			fmt.Sprintf("%s of %s goes from %d to %d", change.Table.Columns[number].Name, what, old[number].Int(), fresh[number].Int()),
			connector.Advice("check that it is really sold out"))
	}
	return nil
}

// gone decides about a row that the shop no longer shows.
func (p *planning) gone(t *importer.Table, m walk.Versions, row importer.Row) error {
	if p.unsure(t, row.Record) {
		p.keepParts(t, row.Key)
		return p.keepStanding(t, m, row, false)
	}
	if t.Kept {
		return p.miss(t, m, row)
	}
	if read, err := p.ownerRead(t, row.Record); err != nil {
		return err
	} else if !read {
		return p.keepStanding(t, m, row, false) // nothing is known about it
	}
	return p.remove(importer.Change{
		Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Drifted: m.Edited(t, row), Imported: m.Imported, Foreign: row.Foreign,
	}, row.Record)
}

// remove makes a change that takes a row away. Nothing is known any more of what was
// imported into a row that the shop still shows.
func (p *planning) remove(change importer.Change, row importer.Record) error {
	t := change.Table
	change.Action, change.Fields, change.Zeroed = importer.Remove, importer.AllFields(t, row, nil), t.InStock(row) > 0
	if change.Rejected {
		change.Imported = nil
	}
	if err := p.remarkRemoved(change, row); err != nil {
		return err
	}
	return p.change(change)
}

// unsure reports whether a row may still be there although the shop did not show it:
// something that it belongs to was rejected, or it may be among what was not given
// whole.
func (p *planning) unsure(t *importer.Table, row importer.Record) bool {
	for parent := range t.ParentsOf(row) {
		if p.rejected[importer.ParentRef{Part: parent.Table, ID: row[parent.Column].Text()}] {
			return true
		}
	}
	return p.gaps.MayHold(t, row)
}

// ownerRead reports whether what a part belongs to was read. The rows do not tell:
// others may have deleted the owner's.
func (p *planning) ownerRead(t *importer.Table, part importer.Record) (bool, error) {
	if t.Stocked != nil {
		return true, nil
	}
	return p.owners.Shows(t.OwnerOf(part))
}

// leave keeps a row as it is, whatever becomes of it later.
func (p *planning) leave(change importer.Change) error {
	change.Drifted = false
	return p.change(change)
}

// remarkRemoved remarks on tracked stock that goes.
func (p *planning) remarkRemoved(change importer.Change, level importer.Record) error {
	t := change.Table
	if !t.Tracked(level) {
		return nil
	}
	what, err := p.whatWhere(t, level)
	if err != nil {
		return err
	}
	message := "the shop no longer stocks %s; it had %s"
	if change.Rejected || !p.covered[t] {
		message = "the stock of %s goes with what it belongs to; it had %s"
	}
	return p.warn(importer.WarnStockRemoved, t, change.Key, "", fmt.Sprintf(message, what, importer.FigureText(level, t.Stocked.Number)),
		connector.Advice("check that the item was meant to leave this location"))
}

// whatWhere names a level by its SKU and the warehouse as it is called here.
func (p *planning) whatWhere(t *importer.Table, level importer.Record) (string, error) {
	if t != importer.Stock {
		return fmt.Sprintf("%q", importer.ShowKey(t.Key(level))), nil
	}
	id := level[importer.StockWarehouse].Text()
	if _, known := p.places[id]; !known {
		row, ok, err := p.Catalog.Find(p.ctx, importer.Warehouses, id)
		if err != nil {
			return "", err
		}
		p.places[id] = id
		if ok {
			p.places[id] = row.Record[importer.WarehouseName].Text()
		}
	}
	return importer.NameLevel(level, p.places[id]), nil
}

// miss marks a vanished record, or archives it where that was chosen.
func (p *planning) miss(t *importer.Table, m walk.Versions, row importer.Row) error {
	archived := row.Record
	if p.choices.ArchiveMissing {
		archived = t.AsArchived(row.Record)
	}
	change := importer.Change{
		Action: importer.Miss, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: importer.Differences(t, row.Record, archived), Imported: m.Imported, Foreign: row.Foreign,
	}
	if len(change.Fields) > 0 {
		change.Action, change.Imported = importer.Archive, archived
	}
	if row.Missing && change.Action == importer.Miss {
		change.Action, change.Fields = importer.Leave, nil
		return p.leave(change) // marked by an earlier run
	}
	if err := p.warn(importer.WarnMissing, t, row.Key, row.LocalID, fmt.Sprintf("the shop no longer shows %q; it is kept here and marked missing", t.PublicTitle(row.Record)),
		connector.Typed("import run", "--archive-missing").After("archive what is missing with: ")); err != nil {
		return err
	}
	return p.change(change)
}
