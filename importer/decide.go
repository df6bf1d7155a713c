package importer

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// fresh decides about a record that the shop shows. row is nil when there is
// none.
//
// Three states of it are known: what the shop has now, what the row has now,
// and what was imported last. Only the third tells a local edit from a change
// in the shop.
func (p *planning) fresh(t *Table, m met, row *Row) error {
	if why := t.Invalid(m.fresh); why != "" {
		return p.reject(t, m, row, RejectValueInvalid, "it has a value that cannot be stored: "+why, inShop())
	}
	if unfit, err := p.withoutParent(t, m.fresh, row); unfit.why != "" || err != nil {
		if err != nil {
			return err
		}
		return p.reject(t, m, row, RejectParentRejected, unfit.why, unfit.next)
	}
	if one, short := p.gaps.incomplete(t, m.fresh); short {
		return p.reject(t, m, row, RejectIncomplete, one.why(), p.saveOnce())
	}
	if t == Warehouses && row == nil {
		return p.newWarehouse(m)
	}
	if row == nil {
		return p.create(t, m.key)
	}
	return p.compare(t, m, *row)
}

// compare decides about a record that has a row.
func (p *planning) compare(t *Table, m met, row Row) error {
	if t.Equal(row.Record, m.fresh) && !row.Missing && !row.Astray {
		p.plan.Counts.Of(t).Unchanged++
		p.apart = true
		return nil
	}
	change := Change{
		Action: Update, Table: t, Key: m.key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: t.differences(row.Record, m.fresh), Zeroed: t.zeroes(row.Record, m.fresh),
	}
	change.Drifted, change.Imported = m.edited(t, row), m.imported
	change.Drifted = slices.ContainsFunc(change.Fields, change.Edited)
	change.Filled = fills(change.Fields, m.imported, row)
	if change.Drifted {
		change.Both = m.imported != nil && !t.Equal(m.imported.keeping(m.fresh, m.imported.unheld()), m.fresh)
		if p.choices.KeepLocalEdits {
			stays, err := p.standing(t, m, row.Record)
			if err != nil {
				return err
			}
			if stays != nil && t.Equal(stays, row.Record) {
				return p.keepEdit(change)
			}
		}
		if err := p.warn(WarnLocalEditOverwritten, t, m.key, row.LocalID, "edited here since the last import: "+fieldNames(t, change.Fields, change.Edited),
			connector.Advice("keep such edits with --keep-local-edits, or make them in the shop")); err != nil {
			return err
		}
	}
	if err := p.remarkUpdate(change, row.Record, m.fresh); err != nil {
		return err
	}
	return p.change(change)
}

// edited reports whether a row was changed here since it was imported.
func (m met) edited(t *Table, row Row) bool {
	if m.imported != nil {
		return !t.Equal(row.Record, m.imported)
	}
	return m.deviation != nil && m.deviation.Edited
}

// keepEdit leaves a record as a whole: what the shop changed of it is not taken
// either.
func (p *planning) keepEdit(change Change) error {
	change.Action, change.Zeroed = Skip, false
	message := "edited here and kept: " + fieldNames(change.Table, change.Fields, change.Edited)
	if rest := fieldNames(change.Table, change.Fields, func(f FieldChange) bool { return !change.Edited(f) }); rest != "" {
		message += "; not taken from the shop: " + rest
	}
	if err := p.warn(WarnLocalEditKept, change.Table, change.Key, change.LocalID, message,
		connector.Advice("leave out --keep-local-edits to take the shop's values")); err != nil {
		return err
	}
	return p.change(change)
}

// fieldNames names those of the fields that are wanted.
func fieldNames(t *Table, fields []FieldChange, wanted func(FieldChange) bool) string {
	var names []string
	for _, field := range fields {
		if wanted(field) {
			names = append(names, t.Columns[field.Column].Name)
		}
	}
	return strings.Join(names, ", ")
}

// remarkUpdate remarks on updates that an operator wants to hear of.
func (p *planning) remarkUpdate(change Change, old, fresh Record) error {
	switch {
	case change.Table == Warehouses && old[warehouseName].text != fresh[warehouseName].text:
		return p.warn(WarnWarehouseRenamed, Warehouses, change.Key, change.LocalID,
			fmt.Sprintf("renamed from %q to %q; it stays the same warehouse", old[warehouseName].text, fresh[warehouseName].text),
			connector.Advice("nothing to do if the rename was meant"))
	case change.Zeroed && fresh[change.Table.Stocked.Number].present: // else it was told when it was read
		what, err := p.whatWhere(change.Table, fresh)
		if err != nil {
			return err
		}
		number := change.Table.Stocked.Number
		return p.warn(WarnStockZeroed, change.Table, change.Key, "",
			fmt.Sprintf("%s of %s goes from %d to %d", change.Table.Columns[number].Name, what, old[number].Int(), fresh[number].Int()),
			connector.Advice("check that it is really sold out"))
	}
	return nil
}

// zeroes reports whether a level that could be sold cannot be any more, or nobody
// knows. One that is not tracked any more says nothing about that.
func (t *Table) zeroes(old, fresh Record) bool {
	return t.InStock(old) > 0 && t.tracked(fresh) && t.InStock(fresh) == 0
}

// gone decides about a row that the shop no longer shows.
func (p *planning) gone(t *Table, m met, row Row) error {
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
	return p.remove(Change{
		Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Drifted: m.edited(t, row), Imported: m.imported, Foreign: row.Foreign,
	}, row.Record)
}

// remove makes a change that takes a row away. Nothing is known any more of what was
// imported into a row that the shop still shows.
func (p *planning) remove(change Change, row Record) error {
	t := change.Table
	change.Action, change.Fields, change.Zeroed = Remove, t.AllFields(row, nil), t.InStock(row) > 0
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
func (p *planning) unsure(t *Table, row Record) bool {
	for parent := range t.parentsOf(row) {
		if p.rejected[ParentRef{parent.Table, row[parent.Column].text}] {
			return true
		}
	}
	return p.gaps.mayHold(t, row)
}

// ownerRead reports whether what a part belongs to was read. The rows do not tell:
// others may have deleted the owner's.
func (p *planning) ownerRead(t *Table, part Record) (bool, error) {
	if t.Stocked != nil {
		return true, nil
	}
	return p.owners.shown(t.owner(part))
}

// leave keeps a row as it is, whatever becomes of it later.
func (p *planning) leave(change Change) error {
	change.Drifted = false
	return p.change(change)
}

// remarkRemoved remarks on tracked stock that goes.
func (p *planning) remarkRemoved(change Change, level Record) error {
	t := change.Table
	if !t.tracked(level) {
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
	return p.warn(WarnStockRemoved, t, change.Key, "", fmt.Sprintf(message, what, shopFigure(level, t.Stocked.Number)),
		connector.Advice("check that the item was meant to leave this location"))
}

// whatWhere names a level by its SKU and the warehouse as it is called here.
func (p *planning) whatWhere(t *Table, level Record) (string, error) {
	if t != Stock {
		return fmt.Sprintf("%q", ShowKey(t.Key(level))), nil
	}
	id := level[stockWarehouse].text
	if _, known := p.places[id]; !known {
		row, ok, err := p.Catalog.Find(p.ctx, Warehouses, id)
		if err != nil {
			return "", err
		}
		p.places[id] = id
		if ok {
			p.places[id] = row.Record[warehouseName].text
		}
	}
	return itemAt(level, p.places[id]), nil
}

// miss marks a vanished record, or archives it where that was chosen.
func (p *planning) miss(t *Table, m met, row Row) error {
	archived := row.Record
	if p.choices.ArchiveMissing {
		archived = t.archived(row.Record)
	}
	change := Change{
		Action: Miss, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: t.differences(row.Record, archived), Imported: m.imported, Foreign: row.Foreign,
	}
	if len(change.Fields) > 0 {
		change.Action, change.Imported = Archive, archived
	}
	if row.Missing && change.Action == Miss {
		change.Action, change.Fields = Leave, nil
		return p.leave(change) // marked by an earlier run
	}
	if err := p.warn(WarnMissing, t, row.Key, row.LocalID, fmt.Sprintf("the shop no longer shows %q; it is kept here and marked missing", t.told(row.Record)),
		connector.Typed("import run", "--archive-missing").After("archive what is missing with: ")); err != nil {
		return err
	}
	return p.change(change)
}

// archived is the record as it stands once it is archived.
func (t *Table) archived(r Record) Record {
	r = slices.Clone(r)
	if t.Archived != nil {
		r[t.Archived.Column] = t.Archived.Value
	}
	return r
}
