package state

import (
	"context"
	"fmt"
	"math"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Sums adds up the rows of a table.
func (db *DB) Sums(ctx context.Context, t *importer.Table, filter importer.ListFilter) (sums importer.Sums, err error) {
	missing, untracked, units, unknown := "0", "0", "0.0", "0"
	if t.Kept {
		missing = "count(missing_since)"
	}
	if t.Stocked != nil {
		untracked, units, unknown = untrackedIn(t), unitsIn(t), unknownIn(t)
	}
	from, _, err := db.source(ctx, t, filter)
	if err != nil {
		return sums, err
	}
	where, args := db.namer().chosen(t, filter)
	if from != t.Name { // a level counts once, whatever the number of its variants
		from, where = "(SELECT * FROM "+from+" WHERE "+where+" GROUP BY account, inventory_item_id, warehouse_external_id)", "true"
	}
	var sum float64
	err = db.read.QueryRowContext(ctx, "SELECT count(*), "+missing+", "+untracked+", "+units+", "+unknown+" FROM "+from+" WHERE "+where, args...).
		Scan(&sums.Rows, &sums.Missing, &sums.Untracked, &sum, &sums.Unknown)
	sums.Units = wholeUnits(sum)
	return sums, unusable(db.path, err)
}

// unitsIn adds up without an overflow, whatever others wrote into the rows.
func unitsIn(t *importer.Table) string {
	return fmt.Sprintf("total(CASE WHEN %s THEN %s END)", t.Columns[t.Stocked.Tracked].Name, t.Columns[t.Stocked.Number].Name)
}

// unknownIn counts the levels of which it is not known how much is available.
func unknownIn(t *importer.Table) string {
	return fmt.Sprintf("count(CASE WHEN %s AND %s IS NULL THEN 1 END)", t.Columns[t.Stocked.Tracked].Name, t.Columns[t.Stocked.Number].Name)
}

func untrackedIn(t *importer.Table) string {
	return fmt.Sprintf("count(CASE %s WHEN 0 THEN 1 END)", t.Columns[t.Stocked.Tracked].Name)
}

func wholeUnits(sum float64) int64 {
	const most = math.MaxInt64 / 2
	return int64(min(max(sum, -most), most))
}

// StockByPlace sums the stock of a store by where it lies.
func (db *DB) StockByPlace(ctx context.Context, store string) (map[importer.Place]job.WarehouseStock, error) {
	// #nosec G202 -- names of our own columns; values are bound
	found, err := db.read.QueryContext(ctx, `SELECT coalesce(account, 0), warehouse_external_id, count(*), `+unitsIn(importer.Stock)+`, `+unknownIn(importer.Stock)+`
		FROM stock WHERE store = ? GROUP BY 1, 2`, store)
	if err != nil {
		return nil, unusable(db.path, err)
	}
	defer found.Close()
	sums := map[importer.Place]job.WarehouseStock{}
	for found.Next() {
		var at importer.Place
		var sum job.WarehouseStock
		var units float64
		if err := found.Scan(&at.Account, &at.Location, &sum.Levels, &units, &sum.Unknown); err != nil {
			return nil, unusable(db.path, err)
		}
		sum.Units = int(wholeUnits(units))
		sums[at] = sum
	}
	return sums, unusable(db.path, found.Err())
}
