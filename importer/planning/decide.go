package planning

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// decideFresh decides what becomes of a record that the shop shows. row is nil if it has
// none.
//
// Three states of the record are compared: what the shop has now, what the row has now, and
// what was imported last. Only the third tells a local edit from a change in the shop.
func (d *draft) decideFresh(t *importer.Table, m walk.Versions, row *importer.Row) error {
	if why := t.InvalidValue(m.Fresh); why != "" {
		return d.rejectRecord(t, m, row, importer.RejectValueInvalid, "it has a value that cannot be stored: "+why,
			importer.CorrectInShop())
	}
	if unfit, err := d.lost.withoutParent(t, m.Fresh, row); unfit.why != "" || err != nil {
		if err != nil {
			return err
		}
		return d.rejectRecord(t, m, row, importer.RejectParentRejected, unfit.why, unfit.next)
	}
	if one, short := d.lost.gaps.IncompleteOf(t, m.Fresh); short {
		return d.rejectRecord(t, m, row, importer.RejectIncomplete, one.Why(), d.saveOnce())
	}
	if t == importer.Warehouses && row == nil {
		return d.newWarehouse(m)
	}
	if row == nil {
		return d.book.addCreate(t, m.Key)
	}
	return d.compareRow(t, m, *row)
}

// compareRow decides what becomes of a record that has a row.
func (d *draft) compareRow(t *importer.Table, m walk.Versions, row importer.Row) error {
	if t.Equal(row.Record, m.Fresh) && !row.Missing && !row.Astray {
		d.book.plan.Counts.Of(t).Unchanged++
		d.book.apart = true
		return nil
	}
	change := importer.Change{
		Action: importer.Update, Table: t, Key: m.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: importer.ChangedFields(t, row.Record, m.Fresh), Zeroed: t.GoesToZero(row.Record, m.Fresh),
	}
	change.Drifted, change.Imported = m.EditedHere(t, row), m.Imported
	change.Drifted = slices.ContainsFunc(change.Fields, change.FieldEdited)
	change.Filled = importer.OnlyFills(change.Fields, m.Imported, row)
	if change.Drifted {
		change.Both = m.Imported != nil && !t.Equal(m.Imported.WithColumns(m.Fresh, m.Imported.UnheldColumns()), m.Fresh)
		if d.choices.KeepLocalEdits {
			stays, err := d.lost.whatStays(t, m, row.Record)
			if err != nil {
				return err
			}
			if stays != nil && t.Equal(stays, row.Record) {
				return d.keepEdit(change)
			}
		}
		if err := d.book.warn(importer.WarnLocalEditOverwritten, t, m.Key, row.LocalID,
			"edited here since the last import: "+importer.FieldNames(t, change.Fields, change.FieldEdited),
			connector.Advice("keep such edits with --keep-local-edits, or make them in the shop")); err != nil {
			return err
		}
	}
	if err := d.remarkUpdate(change, row.Record, m.Fresh); err != nil {
		return err
	}
	return d.makeChange(change)
}

// keepEdit skips an edited record as a whole: its changes in the shop are not imported
// either.
func (d *draft) keepEdit(change importer.Change) error {
	change.Action, change.Zeroed = importer.Skip, false
	message := "edited here and kept: " + importer.FieldNames(change.Table, change.Fields, change.FieldEdited)
	if rest := importer.FieldNames(change.Table, change.Fields,
		func(f importer.FieldChange) bool { return !change.FieldEdited(f) }); rest != "" {
		message += "; not taken from the shop: " + rest
	}
	if err := d.book.warn(importer.WarnLocalEditKept, change.Table, change.Key, change.LocalID, message,
		connector.Advice("leave out --keep-local-edits to take the shop's values")); err != nil {
		return err
	}
	return d.makeChange(change)
}

// remarkUpdate remarks on updates that an operator should know of.
func (d *draft) remarkUpdate(change importer.Change, old, fresh importer.Record) error {
	switch {
	case change.Table == importer.Warehouses && old[importer.WarehouseName].Text() != fresh[importer.WarehouseName].Text():
		return d.book.warn(importer.WarnWarehouseRenamed, importer.Warehouses, change.Key, change.LocalID,
			fmt.Sprintf("renamed from %q to %q; it stays the same warehouse", old[importer.WarehouseName].Text(),
				fresh[importer.WarehouseName].Text()),
			connector.Advice("nothing to do if the rename was meant"))
	case change.Zeroed && fresh[change.Table.Stocked.Number].Present(): // else it was told when it was read
		what, err := d.whatWhere(change.Table, fresh)
		if err != nil {
			return err
		}
		number := change.Table.Stocked.Number
		return d.book.warn(importer.WarnStockZeroed, change.Table, change.Key, "",
			fmt.Sprintf("%s of %s goes from %d to %d", change.Table.Columns[number].Name, what, old[number].Int(), fresh[number].Int()),
			connector.Advice("check that it is really sold out"))
	}
	return nil
}

// decideGone decides what becomes of a row that the shop no longer shows.
func (d *draft) decideGone(t *importer.Table, m walk.Versions, row importer.Row) error {
	if d.lost.isUnsure(t, row.Record) {
		d.lost.keepParts(t, row.Key)
		return d.keepStanding(t, m, row, false)
	}
	if t.Kept {
		return d.markMissing(t, m, row)
	}
	if read, err := d.lost.ownerRead(t, row.Record); err != nil {
		return err
	} else if !read {
		return d.keepStanding(t, m, row, false) // nothing is known about it
	}
	return d.removeRow(importer.Change{
		Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Drifted: m.EditedHere(t, row), Imported: m.Imported, Foreign: row.Foreign,
	}, row.Record)
}

// markMissing marks a vanished record missing, or archives it if the operator chose that.
func (d *draft) markMissing(t *importer.Table, m walk.Versions, row importer.Row) error {
	archived := row.Record
	if d.choices.ArchiveMissing {
		archived = t.AsArchived(row.Record)
	}
	change := importer.Change{
		Action: importer.Miss, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Fields: importer.ChangedFields(t, row.Record, archived), Imported: m.Imported, Foreign: row.Foreign,
	}
	if len(change.Fields) > 0 {
		change.Action, change.Imported = importer.Archive, archived
	}
	if row.Missing && change.Action == importer.Miss {
		change.Action, change.Fields = importer.Leave, nil
		return d.leaveRow(change) // marked by an earlier run
	}
	if err := d.book.warn(importer.WarnMissing, t, row.Key, row.LocalID,
		fmt.Sprintf("the shop no longer shows %q; it is kept here and marked missing", t.PublicTitle(row.Record)),
		connector.Typed("import run", "--archive-missing").After("archive what is missing with: ")); err != nil {
		return err
	}
	return d.makeChange(change)
}

// rejectRecord rejects a record and says why. Its row, if it has one, stays as it is as far
// as the records to which it refers stay. The stock of a location that lost its warehouse
// stays until somebody links one.
func (d *draft) rejectRecord(t *importer.Table, m walk.Versions, row *importer.Row, code, message string, next connector.Next) error {
	if err := d.book.refuseRecord(code, t, m.Key, message, next); err != nil {
		return err
	}
	change := importer.Change{Action: importer.Reject, Table: t, Key: m.Key, Rejected: true}
	d.lost.nameParent(t, m.Key, m.Fresh)
	if row == nil {
		if t == importer.Warehouses { // Imported says that the location was imported before; its stock waits for a link
			change.Imported = m.Imported
			d.book.plan.Waiting = append(d.book.plan.Waiting, m.Key)
		} else {
			d.lost.loseRecord(t, m.Key)
		}
		return d.makeChange(change)
	}
	return d.keepStanding(t, m, *row, true)
}

// saveOnce is the hint for an incomplete record.
func (d *draft) saveOnce() connector.Next {
	return connector.Advice("save the record in the shop once more and import again; if it stays so, report it to " + d.platform.Title)
}

// countUntold accounts for what no record of the table tells: records that lack an id, and
// parents of which no part came.
func (d *draft) countUntold(t *importer.Table) error {
	info := d.snapshot.Info()
	for _, one := range info.Incomplete {
		if one.Table != t.Name || one.Found > 0 {
			continue
		}
		if err := d.book.refuseRecord(importer.RejectIncomplete, t, one.ID, one.Why(), d.saveOnce()); err != nil {
			return err
		}
	}
	counts := d.book.plan.Counts.Of(t)
	for _, one := range info.Nameless {
		if one.Table != t.Name {
			continue
		}
		counts.Read++
		counts.Rejected++
		if err := d.book.refuseRecord(importer.RejectValueInvalid, t, one.Parent,
			"one of the "+t.Name+" has no id: "+one.Why+", in "+one.Place, importer.CorrectInShop()); err != nil {
			return err
		}
	}
	return nil
}

// newWarehouse creates or adopts a warehouse for a location without one, or rejects the
// location.
func (d *draft) newWarehouse(m walk.Versions) error {
	found, err := d.mapping.matchOf(m)
	switch {
	case err != nil:
		return err
	case found.ambiguous != "":
		return d.rejectLocation(m, found.ambiguous, found.link)
	case found.adopt != nil:
		return d.adoptWarehouse(m, *found.adopt)
	}
	return d.book.addCreate(importer.Warehouses, m.Key)
}

func (d *draft) adoptWarehouse(m walk.Versions, row importer.Row) error {
	d.book.countRow(importer.Warehouses, row.Record)
	if err := d.book.warn(importer.WarnWarehouseAdopted, importer.Warehouses, m.Key, row.LocalID,
		fmt.Sprintf("the warehouse %q is taken for this location because it has the same name", row.Record[importer.WarehouseName].Text()),
		d.mapping.linkNew(m.Key).After("if it is another place: ")); err != nil {
		return err
	}
	return d.makeChange(importer.Change{
		Action: importer.Update, Table: importer.Warehouses, Key: m.Key, LocalID: row.LocalID, Seen: importer.Warehouses.Fingerprint(row.Record),
		Fields: importer.ChangedFields(importer.Warehouses, row.Record, m.Fresh.WithColumns(row.Record, d.at.unread.Now)),
	})
}

func (d *draft) rejectLocation(m walk.Versions, why string, link importer.Row) error {
	command := d.mapping.linkNew(m.Key)
	if link.LocalID != "" {
		command = d.mapping.linkTo(link, m.Key)
	}
	return d.rejectRecord(importer.Warehouses, m, nil, importer.RejectWarehouseAmbiguous, why, command.Next())
}
