package planning

import (
	"cmp"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// takeAlong removes or mends rows of a table that the plan does not cover, if they refer to
// records that will not exist.
func (d *draft) takeAlong(t *importer.Table) error {
	hanging, err := d.hangingRows(t)
	if err != nil || len(hanging) == 0 {
		return err
	}
	return d.takeAlongRows(t, hanging)
}

// hangingRows returns the rows that refer to lost records, and those that others edited and
// that may do so, by key.
func (d *draft) hangingRows(t *importer.Table) (map[string]walk.Versions, error) {
	found := map[string]walk.Versions{}
	for _, parent := range t.Parents {
		ids := d.lost.lostOf(parent.Table)
		if len(ids) == 0 {
			continue
		}
		for row, err := range d.catalog.RowsNaming(d.ctx, t, parent.Column, ids) {
			if err != nil {
				return nil, err
			}
			found[row.Key] = walk.Versions{Key: row.Key}
		}
	}
	for d, err := range d.catalog.Deviations(d.ctx, t) {
		if err != nil {
			return nil, err
		}
		if d.Edited {
			found[d.Key] = walk.Versions{Key: d.Key, Deviation: &d}
		}
	}
	return found, nil
}

func (d *draft) takeAlongRows(t *importer.Table, hanging map[string]walk.Versions) error {
	if err := d.hadBefore(t); err != nil {
		return err
	}
	others := items{}
	for _, key := range slices.Sorted(maps.Keys(hanging)) {
		row, has, err := d.catalog.FindRow(d.ctx, t, key)
		if err != nil {
			return err
		}
		if !has {
			continue
		}
		stays, err := d.lost.whatStays(t, hanging[key], row.Record)
		switch {
		case err != nil:
			return err
		case stays == nil:
			if err := d.takeAlongRow(t, hanging[key], row, &others); err != nil {
				return err
			}
		case !t.Equal(stays, row.Record):
			if err := d.mendRow(t, row, stays); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeAlongRow removes a row. A stock level stays if another variant has its inventory
// item.
func (d *draft) takeAlongRow(t *importer.Table, m walk.Versions, row importer.Row, others *items) error {
	if t == importer.Stock {
		variant, err := others.variantOf(d, row.Record[importer.StockItem].Text())
		if err != nil {
			return err
		}
		if linked := linkedTo(row.Record, variant); linked != nil {
			if stays, err := d.lost.whatStays(t, m, linked); err != nil || stays != nil {
				return cmp.Or(err, d.mendRow(t, row, linked))
			}
		}
	}
	d.lost.lackTakenAlong(importer.ParentRef{Part: t, ID: row.Key})
	return d.removeRow(importer.Change{Table: t, Key: row.Key, LocalID: row.LocalID, Seen: t.Fingerprint(row.Record),
		Foreign: row.Foreign}, row.Record)
}

// items finds the first variant of each inventory item. It is filled when first used.
type items struct{ variants map[string]importer.Record }

func (i *items) variantOf(p *draft, item string) (importer.Record, error) {
	if i.variants == nil {
		i.variants = map[string]importer.Record{}
		for variant, err := range importer.RecordsOf(p.snapshot, importer.Variants) {
			if err != nil {
				return nil, err
			}
			goes := p.lost.isLost(importer.ParentRef{Part: importer.Variants, ID: variant[0].Text()})
			if of := variant[importer.VariantItem].Text(); i.variants[of] == nil && !goes {
				i.variants[of] = variant
			}
		}
	}
	return i.variants[item], nil
}

// linkedTo returns the level as one of that variant, nil if there is none.
func linkedTo(level, variant importer.Record) importer.Record {
	if variant == nil {
		return nil
	}
	linked := slices.Clone(level)
	linked[importer.StockVariant], linked[importer.StockTracked], linked[importer.StockSKU] = variant[0],
		variant[importer.VariantTracked], variant[importer.VariantSKU]
	return linked
}

// hadBefore counts the rows of a table that the plan does not cover, by the imported
// snapshot.
func (d *draft) hadBefore(t *importer.Table) error {
	imported, err := d.importedSnapshot(t)
	if err != nil || imported == nil {
		return err
	}
	for chunk, err := range imported.Chunks(t) {
		if err != nil {
			return err
		}
		d.book.plan.Had[t.Name] += chunk.Records
		d.book.plan.InStock += chunk.InStock
	}
	return nil
}
