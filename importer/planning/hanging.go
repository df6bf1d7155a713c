package planning

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// No row may refer to a record that is not there once a plan is applied. What the
// shop shows refers well, because the assembly sees to it; a row that stays as it is,
// whatever the shop shows, may not: what it refers to was taken away by this plan, by
// somebody else, or was never there.

// lose notes a record that is not there once the plan is applied.
func (p *planning) lose(t *importer.Table, key string) {
	if len(importer.PartsOf(t)) > 0 {
		p.lost[importer.ParentRef{Part: t, ID: key}] = true
	}
}

// lackParents notes what the plan cannot bring: records that the shop names and does
// not show, and, of tables that are not covered, those that others deleted here. A
// location that lost its warehouse is left alone by each import.
func (p *planning) lackParents() error {
	for name, ids := range p.snapshot.Info().Lacking {
		for _, id := range ids {
			if err := p.lackHidden(importer.ParentRef{Part: importer.TableNamed(name), ID: id}); err != nil {
				return err
			}
		}
	}
	for _, t := range importer.Tables() {
		if p.covered[t] || len(importer.PartsOf(t)) == 0 {
			continue
		}
		for d, err := range p.Catalog.Deviations(p.ctx, t) {
			if err == nil && (d.Edited || d.Left && t == importer.Warehouses) {
				err = p.lackDeleted(importer.ParentRef{Part: t, ID: d.Key})
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *planning) lackDeleted(ref importer.ParentRef) error {
	_, has, err := p.Catalog.Find(p.ctx, ref.Part, ref.ID)
	if err != nil || has {
		return err
	}
	return p.lack(ref, unfit{fmt.Sprintf("%s of %s is not here any more; import %[2]s as well", ref.ID, ref.Part.Name), importer.KindImport.Command(p.plan.Store).Next()})
}

func (p *planning) lackHidden(ref importer.ParentRef) error {
	if ref.Part == nil {
		return nil // a table that this program does not have
	}
	looked := ""
	if ref.Part.Few {
		looked = ", neither in its list nor by its id"
	}
	return p.lack(ref, unfit{
		fmt.Sprintf("the shop does not show %s of %s%s", ref.ID, ref.Part.Name, looked),
		importer.KindImport.Command(p.plan.Store).After("look whether the shop still has it; once it shows it: "),
	})
}

// lack notes a record whose parts cannot be imported, and why.
func (p *planning) lack(ref importer.ParentRef, why unfit) error {
	p.rejected[ref], p.unfit[ref] = true, why
	if _, has, err := p.Catalog.Find(p.ctx, ref.Part, ref.ID); err != nil || has {
		return err
	}
	if ref.Part == importer.Warehouses && !p.covered[ref.Part] {
		p.plan.Waiting = append(p.plan.Waiting, ref.ID)
		return nil
	}
	p.lost[ref] = true
	return nil
}

// standing is what may stay of a row that the plan would leave as it is: nothing when
// what it belongs to is not there once the plan is applied, less when it names such
// records in a set.
func (p *planning) standing(t *importer.Table, m walk.Versions, row importer.Record) (importer.Record, error) {
	for _, parent := range t.Parents {
		var stay []string
		named := 0
		for id := range t.ParentIDs(parent, row) {
			stands, err := p.stands(importer.ParentRef{Part: parent.Table, ID: id}, m)
			if err != nil {
				return nil, err
			}
			if named++; stands {
				stay = append(stay, id)
			}
		}
		switch {
		case len(stay) == named:
		case t.Columns[parent.Column].Type != importer.Set:
			return nil, nil
		default:
			row = slices.Clone(row)
			row[parent.Column] = importer.Names(stay)
		}
	}
	return row, nil
}

// stands reports whether a record is there once the plan is applied. What was imported
// refers well, as far as it is not lost; a row that others touched may refer to anything.
func (p *planning) stands(ref importer.ParentRef, m walk.Versions) (bool, error) {
	if p.lost[ref] {
		return false, nil
	}
	if m.Deviation == nil || !m.Deviation.Edited {
		return true, nil
	}
	if _, has, err := p.Catalog.Find(p.ctx, ref.Part, ref.ID); err != nil || has {
		return has, err
	}
	waits := ref.Part == importer.Warehouses // for somebody to link it
	if !p.covered[ref.Part] || p.rejected[ref] && !waits {
		return waits, nil
	}
	return p.owners.Shows(ref)
}

// keepStanding leaves a row that the plan would leave as it is, or what may stay of it.
// rejected says that the shop shows the record.
func (p *planning) keepStanding(t *importer.Table, m walk.Versions, row importer.Row, rejected bool) error {
	stays, err := p.standing(t, m, row.Record)
	if err != nil {
		return err
	}
	change := importer.Change{
		Action: importer.Leave, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record), Drifted: m.Edited(t, row),
		Imported: m.Imported, Foreign: row.Foreign, Rejected: rejected,
	}
	switch {
	case stays == nil:
		return p.remove(change, row.Record)
	case t.Equal(stays, row.Record) && rejected:
		change.Action = importer.Reject
	case !t.Equal(stays, row.Record):
		change.Action, change.Fields = importer.Mend, importer.Differences(t, row.Record, stays)
	}
	return p.leave(change)
}

// takeAlong does to rows of a table that is not covered what has to be done when what
// they refer to goes.
func (p *planning) takeAlong(t *importer.Table) error {
	hanging, err := p.hanging(t)
	if err != nil || len(hanging) == 0 {
		return err
	}
	return p.takeAlongRows(t, hanging)
}

// hanging are the rows of a table that refer to what is lost, or may, because others
// touched them, by their keys.
func (p *planning) hanging(t *importer.Table) (map[string]walk.Versions, error) {
	found := map[string]walk.Versions{}
	for _, parent := range t.Parents {
		ids := p.lostOf(parent.Table)
		if len(ids) == 0 {
			continue
		}
		for row, err := range p.Catalog.Referring(p.ctx, t, parent.Column, ids) {
			if err != nil {
				return nil, err
			}
			found[row.Key] = walk.Versions{Key: row.Key}
		}
	}
	for d, err := range p.Catalog.Deviations(p.ctx, t) {
		if err != nil {
			return nil, err
		}
		if d.Edited {
			found[d.Key] = walk.Versions{Key: d.Key, Deviation: &d}
		}
	}
	return found, nil
}

func (p *planning) lostOf(t *importer.Table) (ids []string) {
	for ref := range p.lost {
		if ref.Part == t {
			ids = append(ids, ref.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func (p *planning) takeAlongRows(t *importer.Table, hanging map[string]walk.Versions) error {
	if err := p.hadBefore(t); err != nil {
		return err
	}
	others := items{}
	for _, key := range slices.Sorted(maps.Keys(hanging)) {
		row, has, err := p.Catalog.Find(p.ctx, t, key)
		if err != nil {
			return err
		}
		if !has {
			continue
		}
		stays, err := p.standing(t, hanging[key], row.Record)
		switch {
		case err != nil:
			return err
		case stays == nil:
			if err := p.takeAlongRow(t, hanging[key], row, &others); err != nil {
				return err
			}
		case !t.Equal(stays, row.Record):
			if err := p.mend(t, row, stays); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeAlongRow removes a row. A level stays where another variant has its item.
func (p *planning) takeAlongRow(t *importer.Table, m walk.Versions, row importer.Row, others *items) error {
	if t == importer.Stock {
		variant, err := others.variant(p, row.Record[importer.StockItem].Text())
		if err != nil {
			return err
		}
		if linked := linkedTo(row.Record, variant); linked != nil {
			if stays, err := p.standing(t, m, linked); err != nil || stays != nil {
				return cmp.Or(err, p.mend(t, row, linked))
			}
		}
	}
	p.lackTakenAlong(importer.ParentRef{Part: t, ID: row.Key})
	return p.remove(importer.Change{Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record), Foreign: row.Foreign}, row.Record)
}

// lackTakenAlong notes a record that goes although the shop may show it, so that none
// of its parts can be imported.
func (p *planning) lackTakenAlong(ref importer.ParentRef) {
	if len(importer.PartsOf(ref.Part)) == 0 {
		return
	}
	p.lost[ref], p.rejected[ref] = true, true
	p.unfit[ref] = unfit{
		fmt.Sprintf("%s of %s belonged to what was deleted here; import %[2]s as well", ref.ID, ref.Part.Name),
		importer.KindImport.Command(p.plan.Store).Next(),
	}
}

func (p *planning) mend(t *importer.Table, row importer.Row, mended importer.Record) error {
	return p.change(importer.Change{
		Action: importer.Mend, Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record), Fields: importer.Differences(t, row.Record, mended), Foreign: row.Foreign,
	})
}

// items knows the first variant of each inventory item, once it was asked for one.
type items struct{ variants map[string]importer.Record }

func (i *items) variant(p *planning, item string) (importer.Record, error) {
	if i.variants == nil {
		i.variants = map[string]importer.Record{}
		for variant, err := range importer.Records(p.snapshot, importer.Variants) {
			if err != nil {
				return nil, err
			}
			if of := variant[importer.VariantItem].Text(); i.variants[of] == nil && !p.lost[importer.ParentRef{Part: importer.Variants, ID: variant[0].Text()}] {
				i.variants[of] = variant
			}
		}
	}
	return i.variants[item], nil
}

// linkedTo is a level of that variant, nil without one.
func linkedTo(level, variant importer.Record) importer.Record {
	if variant == nil {
		return nil
	}
	linked := slices.Clone(level)
	linked[importer.StockVariant], linked[importer.StockTracked], linked[importer.StockSKU] = variant[0], variant[importer.VariantTracked], variant[importer.VariantSKU]
	return linked
}

// hadBefore counts the rows of a table that is not covered, as it was imported.
func (p *planning) hadBefore(t *importer.Table) error {
	imported, err := p.imported(t)
	if err != nil || imported == nil {
		return err
	}
	for chunk, err := range imported.Chunks(t) {
		if err != nil {
			return err
		}
		p.plan.Had[t.Name] += chunk.Records
		p.plan.InStock += chunk.InStock
	}
	return nil
}
