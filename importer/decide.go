package importer

import (
	"fmt"
	"slices"
	"strings"
)

// fresh decides about a record that the shop shows.
//
// Three states of it are known: what the shop has now, what the row has now,
// and what was imported last. Only the third tells a local edit from a change
// in the shop.
func (p *planning) fresh(t *Table, key string, record Record, row *Row) error {
	if why := t.Invalid(record); why != "" {
		return p.reject(t, key, RejectValueInvalid, "it has a value that cannot be stored: "+why, "correct it in the shop")
	}
	if why, err := p.withoutParent(t, record, row); why != "" || err != nil {
		if err != nil {
			return err
		}
		return p.reject(t, key, RejectParentRejected, why, "see what was rejected first: eshopctl runs warnings "+p.plan.ID)
	}
	if t == Warehouses && row == nil {
		return p.newWarehouse(key, record)
	}
	if row == nil {
		return p.change(Change{Action: Create, Table: t, Key: key})
	}
	return p.compare(t, key, record, *row)
}

// withoutParent says which parent of a record is not imported, "" when all are.
func (p *planning) withoutParent(t *Table, record Record, row *Row) (string, error) {
	for _, parent := range t.Parents {
		id := record[parent.Column].text
		if id == "" {
			return fmt.Sprintf("it belongs to none of the %s that were read", parent.Table.Name), nil
		}
		if p.rejected[ParentRef{parent.Table, id}] {
			return fmt.Sprintf("%s of %s was rejected", id, parent.Table.Name), nil
		}
		covered := slices.Contains(p.plan.Resources, parent.Table.Resource)
		if covered || row != nil {
			continue
		}
		if has, err := p.Catalog.Has(p.ctx, parent.Table, id); err != nil || !has {
			return fmt.Sprintf("%s was not imported yet; import %s as well", id, parent.Table.Name), err
		}
	}
	return "", nil
}

// compare decides about a record that has a row.
func (p *planning) compare(t *Table, key string, record Record, row Row) error {
	now, shop := t.Fingerprint(row.Record), t.Fingerprint(record)
	edited := now != row.Imported
	if now == shop && !row.Missing {
		p.plan.Counts.Of(t).Unchanged++
		return nil
	}
	change := Change{
		Action: Update, Table: t, Key: key, LocalID: row.LocalID, Seen: now,
		Fields: t.differences(row.Record, record), Drifted: edited && now != shop,
	}
	if change.Drifted {
		if p.choices.KeepLocalEdits {
			return p.keepEdit(change)
		}
		if err := p.warn(WarnLocalEditOverwritten, t, key, row.LocalID, "edited here since the last import: "+fieldNames(t, change.Fields),
			"keep such edits with --keep-local-edits, or make them in the shop"); err != nil {
			return err
		}
	}
	if err := p.remarkUpdate(change, row.Record, record); err != nil {
		return err
	}
	return p.change(change)
}

func (p *planning) keepEdit(change Change) error {
	change.Action = Skip
	if err := p.warn(WarnLocalEditKept, change.Table, change.Key, change.LocalID,
		"edited here and kept: "+fieldNames(change.Table, change.Fields), "leave out --keep-local-edits to take the shop's values"); err != nil {
		return err
	}
	return p.change(change)
}

func fieldNames(t *Table, fields []FieldChange) string {
	names := make([]string, len(fields))
	for i, field := range fields {
		names[i] = t.Columns[field.Column].Name
	}
	return strings.Join(names, ", ")
}

// remarkUpdate remarks on updates that an operator wants to hear of.
func (p *planning) remarkUpdate(change Change, old, fresh Record) error {
	switch {
	case change.Table == Warehouses && old[warehouseName].text != fresh[warehouseName].text:
		return p.warn(WarnWarehouseRenamed, Warehouses, change.Key, change.LocalID,
			fmt.Sprintf("renamed from %q to %q; it stays the same warehouse", old[warehouseName].text, fresh[warehouseName].text),
			"nothing to do if the rename was meant")
	case change.Table == Stock && sellable(old) && fresh[stockTracked].text == "true" && fresh[stockAvailable].Int() <= 0:
		p.plan.Zeroed++
		return p.warn(WarnStockZeroed, Stock, change.Key, "",
			fmt.Sprintf("available of %q goes from %d to %d", fresh[stockSKU].text, old[stockAvailable].Int(), fresh[stockAvailable].Int()),
			"check that it is really sold out")
	}
	return nil
}

// gone decides about a row that the shop no longer shows.
func (p *planning) gone(t *Table, row Row) error {
	if t.Kept {
		return p.miss(t, row)
	}
	owner := ParentRef{t.Parents[0].Table, row.Record[t.Parents[0].Column].text}
	if p.rejected[owner] || t != Stock && p.vanished[owner] {
		return nil // its owner was not read, so nothing is known about it
	}
	change := Change{
		Action: Remove, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: t.AllFields(row.Record, nil),
	}
	change.Drifted = change.Seen != row.Imported
	if t == Stock && row.Record[stockTracked].text == "true" {
		if err := p.remarkRemovedLevel(change, row.Record); err != nil {
			return err
		}
	}
	return p.change(change)
}

func (p *planning) remarkRemovedLevel(change Change, level Record) error {
	if sellable(level) {
		p.plan.Zeroed++
	}
	return p.warn(WarnStockRemoved, Stock, change.Key, "",
		fmt.Sprintf("the shop no longer stocks %q there; %d were available", level[stockSKU].text, level[stockAvailable].Int()),
		"check that the item was meant to leave this location")
}

// miss marks a vanished record, or archives it where that was chosen.
func (p *planning) miss(t *Table, row Row) error {
	if !row.Foreign {
		p.vanished[ParentRef{t, row.Key}] = true
	}
	archived := row.Record
	if p.choices.ArchiveMissing {
		archived = t.archived(row.Record)
	}
	change := Change{
		Action: Miss, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: t.differences(row.Record, archived),
	}
	if len(change.Fields) > 0 {
		change.Action = Archive
	}
	if row.Missing && change.Action == Miss {
		return nil // marked by an earlier run
	}
	if err := p.warn(WarnMissing, t, row.Key, row.LocalID, fmt.Sprintf("the shop no longer shows %q; it is kept here and marked missing", row.Record[nameColumn].text),
		"archive what is missing with: eshopctl import run --archive-missing"); err != nil {
		return err
	}
	return p.change(change)
}

// nameColumn is where every kept table has its title or name.
const nameColumn = 1

var (
	productTitle  = Products.Column("title")
	productStatus = Products.Column("status")
)

// archived is the record as it stands once it is archived. Categories have
// nothing that could say so.
func (t *Table) archived(r Record) Record {
	r = slices.Clone(r)
	switch t {
	case Products:
		r[productStatus] = String("archived")
	case Warehouses:
		r[warehouseActive] = Flag(false)
	}
	return r
}
