package job

import (
	"errors"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// findRun finds the last import that read stock, and what it read and remarked about the
// items.
func (i *inquiry) findRun() error {
	i.read, i.remarks = map[string]importer.Record{}, map[string]importer.Remark{}
	runs, err := i.db.Runs(i.ctx, importer.RunFilter{Store: i.connector.Store, Provider: i.connector.Provider,
		Kind: string(importer.KindImport)})
	if err != nil {
		return err
	}
	for _, run := range runs {
		ended := run.Status == importer.Succeeded || run.Status == importer.Partial
		if !ended || run.AccountID != i.connector.AccountID || !run.LookedAt(importer.Stock) {
			continue
		}
		i.run = &checking.StockRun{ID: run.ID, AsOf: run.StartedAt}
		if run.AsOf != nil {
			i.run.AsOf = *run.AsOf
		}
		i.notRead = slices.DeleteFunc(slices.Clone(run.NotRead), func(n importer.NotRead) bool {
			return !n.OnlyFields() || n.Resource != importer.Variants.Name && n.Resource != importer.Stock.Name
		})
		plan, err := i.db.Plan(i.ctx, run.PlanID())
		if errors.Is(err, importer.ErrNotKept) {
			return nil
		}
		if err != nil {
			return err
		}
		return i.findRead(plan)
	}
	return nil
}

// findRead looks up the items in the snapshot of the run, if it is kept.
func (i *inquiry) findRead(plan importer.Plan) error {
	snapshot, err := i.db.Snapshot(i.ctx, plan.Snapshot)
	if errors.Is(err, importer.ErrNotKept) {
		return nil
	}
	if err != nil {
		return err
	}
	i.run.Kept = true
	items := i.inventoryItems()
	for level, err := range importer.RecordsOf(snapshot, importer.Stock) {
		if err != nil {
			return err
		}
		if items[itemOf(level)] {
			i.read[importer.Stock.Key(level)] = slices.Clone(level)
		}
	}
	return i.findRemarks(plan.ID)
}

func itemOf(level importer.Record) string {
	return level[importer.Stock.Column("inventory_item_id")].Text()
}

// inventoryItems returns the inventory items of the variants.
func (i *inquiry) inventoryItems() map[string]bool {
	items := map[string]bool{}
	for _, row := range i.variants {
		items[row[importer.Variants.Column("inventory_item_id")].Text()] = true
	}
	for _, seen := range i.seen {
		items[seen.InventoryItemID] = true
	}
	return items
}

// findRemarks collects the remarks that say why a level or a location was not written.
func (i *inquiry) findRemarks(plan string) error {
	for _, code := range []string{
		importer.RejectWarehouseAmbiguous, importer.RejectParentRejected, importer.RejectValueInvalid, importer.RejectIncomplete, importer.WarnLocalEditKept,
	} {
		for remark, err := range i.db.Remarks(i.ctx, plan, code) {
			if err != nil {
				return err
			}
			i.remarks[remark.Resource+" "+remark.ExternalID] = remark
		}
	}
	return nil
}

// addLevels adds the levels of one variant, by location: those of the shop, of the run and
// of the store.
func (i *inquiry) addLevels(of *checking.VariantEvidence) error {
	levels := map[string]*checking.LevelEvidence{}
	at := func(location string) *checking.LevelEvidence {
		if levels[location] == nil {
			levels[location] = &checking.LevelEvidence{LocationID: location, Warehouse: i.warehouses[location], Run: i.run}
		}
		return levels[location]
	}
	item := ""
	if of.Row != nil {
		item = of.Row[importer.Variants.Column("inventory_item_id")].Text()
	}
	if of.Seen != nil {
		item = of.Seen.InventoryItemID
		for n := range of.Seen.Levels {
			at(of.Seen.Levels[n].WarehouseID).Seen = &of.Seen.Levels[n]
		}
	}
	if err := i.storedLevels(item, at); err != nil {
		return err
	}
	for _, level := range i.read {
		if location := locationOf(level); itemOf(level) == item && levels[location] != nil {
			levels[location].Read = level
		}
	}
	for _, location := range slices.Sorted(maps.Keys(levels)) {
		i.addRemark(levels[location], item)
		of.Levels = append(of.Levels, *levels[location])
	}
	return nil
}

func locationOf(level importer.Record) string {
	return level[importer.Stock.Column("warehouse_external_id")].Text()
}

func (i *inquiry) storedLevels(item string, at func(string) *checking.LevelEvidence) error {
	if item == "" {
		return nil
	}
	for row, err := range i.db.ListRows(i.ctx, importer.Stock, importer.ListFilter{Store: i.connector.Store, Search: item}) {
		if err != nil {
			return err
		}
		if level := row[:len(importer.Stock.Columns)]; itemOf(level) == item {
			stored := at(locationOf(level))
			stored.Row, stored.UpdatedBy = level, row[len(row)-1].Text()
		}
	}
	return nil
}

// addRemark adds why the run rejected the location, or else what it remarked on the level.
// A kept edit of the warehouse says nothing about its levels.
func (i *inquiry) addRemark(level *checking.LevelEvidence, item string) {
	for _, about := range []string{
		importer.Warehouses.Name + " " + level.LocationID,
		importer.Stock.Name + " " + importer.ShowKey(importer.JoinKey(item, level.LocationID)),
	} {
		remark, found := i.remarks[about]
		kept := remark.Resource == importer.Warehouses.Name && remark.Severity != importer.Rejected
		if found && !kept && level.Remark == nil {
			level.Remark = &remark
		}
	}
}
