package statetest

import (
	"maps"

	"github.com/eshopos/eshopctl/importer"
)

// What programs beside eshopctl do to rows.

// rowEdit is one thing that they do.
type rowEdit struct {
	what string
	do   func(*Bench)
}

// String is what a sequence that fails prints of it.
func (e rowEdit) String() string { return e.what }

func altered(what string, t *importer.Table, change func(Row) Row) rowEdit {
	return rowEdit{what, func(b *Bench) { b.Alter(t, change) }}
}

var storeEdits = []rowEdit{
	{"a title", func(b *Bench) { b.Alter(importer.Products, theFirst(Set(All, "title", "edited"))) }},
	altered("tags that are no list", importer.Products, Set(All, "tags", "no list")),
	altered("marked missing", importer.Products, Set(each(2, 0), "missing_since", "2026")),
	altered("not marked missing", importer.Products, Set(All, "missing_since", nil)),
	altered("another run", importer.Products, Set(All, "updated_run", "x")),
	altered("products deleted", importer.Products, Delete(each(3, 0))),
	altered("no price", importer.Variants, Set(each(3, 0), "price", nil)),
	altered("the price in another spelling", importer.Variants, Set(All, "price", "10.000")),
	altered("tracked neither yes nor no", importer.Variants, Set(each(2, 0), "tracked", int64(7))),
	altered("variants deleted", importer.Variants, Delete(each(3, 1))),
	altered("alternative texts", importer.Media, Set(All, "alt", "edited")),
	altered("memberships deleted", importer.Memberships, Delete(All)),
	altered("positions", importer.Memberships, Set(All, "position", int64(99))),
	altered("titles of categories", importer.Categories, Set(All, "title", "edited")),
	altered("some levels", importer.Stock, Set(Is("available", int64(1), int64(2)), "available", int64(77))),
	altered("all levels", importer.Stock, addUnits(100)),
	altered("levels that are no numbers", importer.Stock, func(row Row) Row {
		if row["available"] == int64(0) {
			row["available"], row["on_hand"] = nil, "lots"
		}
		return row
	}),
	{"levels there and back", func(b *Bench) {
		b.Alter(importer.Stock, Set(All, "available", int64(5)))
		b.Alter(importer.Stock, func(row Row) Row { row["available"] = row["on_hand"]; return row })
	}},
	altered("levels deleted", importer.Stock, Delete(func(row Row) bool { n, is := row["available"].(int64); return is && n > 0 })),
	{"levels in the place of others", replaceLevels},
	{"a level of nothing", levelOfNothing},
	{"a product of nobody", func(b *Bench) { productOfNobody(b) }},
	altered("names of warehouses", importer.Warehouses, Set(All, "name", "edited")),
	altered("warehouses on and off", importer.Warehouses, toggleColumn("active")),
}

// mappingEdits take mappings away, give them or swap them.
var mappingEdits = []rowEdit{
	{"one mapping lost", func(b *Bench) { b.Alter(importer.Warehouses, theFirst(Unlink)) }},
	altered("all mappings lost", importer.Warehouses, Unlink),
	{"mapping and name lost", func(b *Bench) {
		var last any
		b.Alter(importer.Warehouses, func(row Row) Row { last = row["id"]; return row })
		b.Alter(importer.Warehouses, Set(Is("id", last), "name", "lost"))
		b.Alter(importer.Warehouses, func(row Row) Row {
			if row["id"] == last {
				return Unlink(row)
			}
			return row
		})
	}},
	{"a warehouse deleted", func(b *Bench) { b.Alter(importer.Warehouses, theFirst(Delete(All))) }},
	{"a warehouse made", func(b *Bench) { b.Put(importer.Warehouses, warehouse("A")) }},
	{"a warehouse made of that name", func(b *Bench) { b.Put(importer.Warehouses, warehouse("Store room 0")) }},
	{"mappings swapped", func(b *Bench) {
		for _, step := range [][2]string{{locationZero, "swap"}, {locationOne, locationZero}, {"swap", locationOne}} {
			b.Alter(importer.Warehouses, Set(Is("external_id", step[0]), "external_id", step[1]))
		}
	}},
}

// each chooses one row in n by its id.
func each(n, remainder int64) func(Row) bool {
	return func(row Row) bool { return row["id"].(int64)%n == remainder }
}

// theFirst changes no other row.
func theFirst(change func(Row) Row) func(Row) Row {
	done := false
	return func(row Row) Row {
		if done {
			return row
		}
		done = true
		return change(row)
	}
}

func toggleColumn(column string) func(Row) Row {
	return func(row Row) Row {
		if n, is := row[column].(int64); is {
			row[column] = 1 - min(n, 1)
		}
		return row
	}
}

func addUnits(units int64) func(Row) Row {
	return func(row Row) Row {
		if n, is := row["available"].(int64); is {
			row["available"] = n + units
		}
		return row
	}
}

// rowsOf are the rows of a table as other programs see them.
func (b *Bench) rowsOf(t *importer.Table) (all []Row) {
	b.Alter(t, func(row Row) Row { all = append(all, maps.Clone(row)); return row })
	return all
}

func replaceLevels(b *Bench) {
	for _, row := range b.rowsOf(importer.Stock) {
		if n, is := row["available"].(int64); is && n < 2 {
			row["available"] = int64(500)
			b.Put(importer.Stock, row)
		}
	}
}

const nothing = "gid://shopify/InventoryItem/none"

func levelOfNothing(b *Bench) {
	at := map[any]bool{}
	for _, row := range b.rowsOf(importer.Stock) {
		if row["inventory_item_id"] == nothing {
			at[row["warehouse_external_id"]] = true
		}
	}
	for _, w := range b.rowsOf(importer.Warehouses) {
		if w["account"] != nil && !at[w["external_id"]] {
			b.Put(importer.Stock, Row{"store": w["store"], "account": w["account"], "inventory_item_id": nothing,
				"warehouse_external_id": w["external_id"], "tracked": int64(1), "available": int64(9)})
		}
	}
}

// productOfNobody makes one for each account that has rows, unless it is there.
func productOfNobody(b *Bench) {
	accounts := map[any]bool{}
	products := b.rowsOf(importer.Products)
	for _, row := range append(b.rowsOf(importer.Categories), products...) {
		accounts[row["account"]] = true
	}
	for _, row := range products {
		if row["external_id"] == "gid://shopify/Product/none" {
			delete(accounts, row["account"])
		}
	}
	for account := range accounts {
		b.Put(importer.Products, Row{"store": "main", "account": account, "external_id": "gid://shopify/Product/none", "title": "x"})
	}
}
