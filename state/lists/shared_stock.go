package lists

import (
	"context"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/engine"
)

// listSource returns the FROM clause of a list, and the expression that says whether a row
// counts in sums. In most shops no inventory item belongs to several variants; then it is
// the table itself, which is read in key order.
func listSource(ctx context.Context, db *engine.DB, t *importer.Table, filter importer.ListFilter) (from, counted string, err error) {
	shared := false
	if t == importer.Stock && filter.EachVariant {
		err = db.Read().QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM variants WHERE store = ? GROUP BY account, inventory_item_id HAVING count(*) > 1)", filter.Store).Scan(&shared)
	}
	if !shared {
		return t.Name, "1", db.Unusable(err)
	}
	key := "account, inventory_item_id, warehouse_external_id"
	return "(" + stockLines() + ") AS stock", "row_number() OVER (PARTITION BY " + key + " ORDER BY variant_external_id) = 1", nil
}

// stockLines selects the stock levels, and once more those whose item belongs to several
// variants, for each variant but the first.
func stockLines() string {
	var own, others []string
	for _, column := range append([]string{"store", "account"}, append(importer.Stock.ColumnNames(), "updated_run")...) {
		own = append(own, column)
		switch column {
		case "variant_external_id":
			others = append(others, "v.external_id")
		case "sku":
			others = append(others, "v.sku")
		default:
			others = append(others, "s."+column)
		}
	}
	return fmt.Sprintf(`SELECT %s FROM main.stock UNION ALL SELECT %s FROM (SELECT account, inventory_item_id, external_id, sku FROM main.variants
		WHERE (account, inventory_item_id) IN (SELECT account, inventory_item_id FROM main.variants GROUP BY account, inventory_item_id HAVING count(*) > 1)) AS v
		CROSS JOIN main.stock AS s WHERE s.account = v.account AND s.inventory_item_id = v.inventory_item_id AND s.variant_external_id IS NOT v.external_id`,
		strings.Join(own, ", "), strings.Join(others, ", "))
}
