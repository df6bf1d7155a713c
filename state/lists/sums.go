package lists

import (
	"context"
	"fmt"
	"math"

	"github.com/eshopos/eshopctl/importer"
)

// SumRows adds up the rows of a table that a filter chooses.
func (l *Lists) SumRows(ctx context.Context, t *importer.Table, filter importer.ListFilter) (sums importer.Sums, err error) {
	missing, untracked, units, unknown := "0", "0", "0.0", "0"
	if t.Kept {
		missing = "count(missing_since)"
	}
	if t.Stocked != nil {
		untracked, units, unknown = untrackedIn(t), UnitsIn(t), UnknownIn(t)
	}
	from, _, err := listSource(ctx, l.db, t, filter)
	if err != nil {
		return sums, err
	}
	where, args := l.newNamer().filterCondition(t, filter)
	if from != t.Name { // a level counts once, whatever the number of its variants
		from, where = "(SELECT * FROM "+from+" WHERE "+where+" GROUP BY account, inventory_item_id, warehouse_external_id)", "true"
	}
	var sum float64
	err = l.db.Read().QueryRowContext(ctx, "SELECT count(*), "+missing+", "+untracked+", "+units+", "+unknown+" FROM "+from+" WHERE "+where, args...).
		Scan(&sums.Rows, &sums.Missing, &sums.Untracked, &sum, &sums.Unknown)
	sums.Units = WholeUnits(sum)
	return sums, l.db.Unusable(err)
}

// UnitsIn returns the SQL that adds up units without overflow, whatever others wrote into
// the rows.
func UnitsIn(t *importer.Table) string {
	return fmt.Sprintf("total(CASE WHEN %s THEN %s END)", t.Columns[t.Stocked.Tracked].Name, t.Columns[t.Stocked.Number].Name)
}

// UnknownIn returns the SQL that counts the tracked levels without a number.
func UnknownIn(t *importer.Table) string {
	return fmt.Sprintf("count(CASE WHEN %s AND %s IS NULL THEN 1 END)", t.Columns[t.Stocked.Tracked].Name, t.Columns[t.Stocked.Number].Name)
}

func untrackedIn(t *importer.Table) string {
	return fmt.Sprintf("count(CASE %s WHEN 0 THEN 1 END)", t.Columns[t.Stocked.Tracked].Name)
}

// WholeUnits converts the result of UnitsIn to an integer.
func WholeUnits(sum float64) int64 {
	const most = math.MaxInt64 / 2
	return int64(min(max(sum, -most), most))
}
