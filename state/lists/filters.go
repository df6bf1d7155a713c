package lists

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/tables"
)

// conditionOf returns a filter as an SQL condition. The store is ?1.
func conditionOf(t *importer.Table, filter importer.Filter) string {
	all := make([]string, len(filter.All))
	for i, condition := range filter.All {
		all[i] = conditionHolds(t, condition)
	}
	return "(" + strings.Join(all, " AND ") + ")"
}

// conditionHolds returns one condition in SQL. All names in it are those of our own tables
// and columns.
func conditionHolds(t *importer.Table, c importer.Condition) string {
	switch c.Is {
	case importer.Blank:
		return "coalesce(trim(" + c.Column + "), '') = ''"
	case importer.Absent:
		return c.Column + " IS NULL"
	case importer.Present:
		return c.Column + " IS NOT NULL"
	case importer.Other:
		return c.Column + " IS NOT " + tables.Literal(c.Than)
	case importer.Zeroed:
		return c.Column + " = 0"
	case importer.NotZero:
		return c.Column + " IS NOT 0"
	case importer.BelowZero:
		return c.Column + " < 0"
	case importer.Shared:
		return fmt.Sprintf("trim(%[1]s) <> '' AND %[1]s IN (SELECT %[1]s FROM %[2]s WHERE store = ?1 GROUP BY %[1]s HAVING count(*) > 1)", c.Column, t.Name)
	default:
		unnamed := fmt.Sprintf("(account, %s) NOT IN (SELECT account, %s FROM %s WHERE store = ?1)", c.Column, c.As, c.By)
		if t.Linkable { // a row without a link has no key
			return "(" + c.Column + " IS NULL OR " + unnamed + ")"
		}
		return unnamed
	}
}
