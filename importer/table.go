package importer

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// Type says how the values of a column are compared and shown.
type Type int

// The column types. Whatever the type, a value may be absent (NULL).
const (
	Text   Type = iota
	Bool        // "true" or "false"
	Int         // a 64-bit integer
	Number      // a decimal, compared by value, a JSON number
	Money       // a decimal kept as the shop wrote it, compared by value, a JSON string
	Set         // a JSON array of strings whose order means nothing
	JSON        // any other JSON, written canonically
)

// Column is one field of a table. Its name is the column of the database, the
// field of the JSON output and the name in a list of changes.
type Column struct {
	Name string
	Type Type
}

// Table describes one kind of record. The key columns identify a record within
// one external account.
type Table struct {
	Name     string
	Resource connector.Resource // the capability that reads it
	Keys     []int              // columns, the first decides the order first
	Columns  []Column

	// Local says that rows have an id of their own and may exist without the
	// shop; the other tables only link rows.
	Local bool
	// Kept says that a row which the shop no longer shows is marked missing.
	// Rows of other tables are parts of a kept row and are removed.
	Kept bool
	// Few says that there are so few of them that all ids may be remembered.
	Few bool
	// Parents are the columns that name a record of another table, or a set of them.
	// The first one is what a record is part of.
	Parents []Parent
	// Counted says which of the values behind the columns of a record of the first
	// parent tells how many parts of this table it has, 1 for the first; 0: none does.
	Counted int
	// Beside is how many values a source says of a record beside its columns: they
	// stand behind them until the snapshot is made.
	Beside int
	// Reason is the column in which a record that does not fit says why.
	Reason int
}

// width is how many values a record of t has until the snapshot is made.
func (t *Table) width() int { return len(t.Columns) + t.Beside }

// Parent ties a column to the table whose key it holds.
type Parent struct {
	Column int
	Table  *Table
}

// The tables of the catalogue, in import order: parents before their parts.
var (
	Products = &Table{
		Name: "products", Resource: connector.Products, Keys: []int{0}, Local: true, Kept: true, Beside: 2, Reason: 1,
		Columns: []Column{
			{"external_id", Text}, {"title", Text}, {"slug", Text}, {"status", Text},
			{"vendor", Text}, {"product_type", Text}, {"description_html", Text},
			{"tags", Set}, {"options", JSON}, {"seo_title", Text}, {"seo_description", Text},
		},
	}
	Variants = &Table{
		Name: "variants", Resource: connector.Products, Keys: []int{0}, Local: true,
		Columns: []Column{
			{"external_id", Text}, {"product_external_id", Text}, {"inventory_item_id", Text},
			{"title", Text}, {"sku", Text}, {"barcode", Text}, {"price", Money},
			{"compare_at_price", Money}, {"currency", Text}, {"options", JSON}, {"position", Int},
			{"tracked", Bool}, {"requires_shipping", Bool}, {"weight", Number}, {"weight_unit", Text},
		},
		Parents: []Parent{{1, Products}}, Counted: 1, Reason: 3,
	}
	Media = &Table{
		Name: "media", Resource: connector.Products, Keys: []int{1, 0}, Local: true, Beside: 2,
		Columns: []Column{
			{"external_id", Text}, {"product_external_id", Text}, {"type", Text}, {"status", Text},
			{"url", Text}, {"alt", Text}, {"position", Int}, {"variant_external_ids", Set},
		},
		Parents: []Parent{{1, Products}, {7, Variants}}, Counted: 2, Reason: 2,
	}
	Categories = &Table{
		Name: "categories", Resource: connector.Categories, Keys: []int{0}, Local: true, Kept: true, Beside: 1, Reason: 1,
		Columns: []Column{
			{"external_id", Text}, {"title", Text}, {"slug", Text}, {"description_html", Text},
			{"kind", Text}, {"sort_order", Text},
		},
	}
	Memberships = &Table{
		Name: "memberships", Resource: connector.Categories, Keys: []int{0, 1},
		Columns: []Column{
			{"category_external_id", Text}, {"product_external_id", Text}, {"position", Int},
		},
		Parents: []Parent{{0, Categories}, {1, Products}}, Counted: 1, Reason: 2,
	}
	Warehouses = &Table{
		Name: "warehouses", Resource: connector.Warehouses, Keys: []int{0}, Local: true, Kept: true, Few: true, Reason: 1,
		Columns: []Column{
			{"external_id", Text}, {"name", Text}, {"active", Bool}, {"address", JSON},
		},
	}
	Stock = &Table{
		Name: "stock", Resource: connector.Stock, Keys: []int{1, 2}, Beside: 1,
		Columns: []Column{
			{"variant_external_id", Text}, {"inventory_item_id", Text}, {"warehouse_external_id", Text},
			{"sku", Text}, {"tracked", Bool}, {"active", Bool}, {"available", Int}, {"on_hand", Int},
			{"committed", Int}, {"incoming", Int},
		},
		Parents: []Parent{{2, Warehouses}, {0, Variants}}, Reason: 6,
	}
)

// Tables lists the seven tables in import order.
func Tables() []*Table {
	return []*Table{Products, Variants, Media, Categories, Memberships, Warehouses, Stock}
}

// TablesOf lists the tables that the given resources fill, in import order.
func TablesOf(resources []connector.Resource) []*Table {
	var chosen []*Table
	for _, t := range Tables() {
		if slices.Contains(resources, t.Resource) {
			chosen = append(chosen, t)
		}
	}
	return chosen
}

// TableNamed returns the table of that name, or nil.
func TableNamed(name string) *Table {
	for _, t := range Tables() {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// parts lists the tables whose records belong to records of t.
func (t *Table) parts() (parts []*Table) {
	for _, part := range Tables() {
		if slices.ContainsFunc(part.Parents, func(p Parent) bool { return p.Table == t }) {
			parts = append(parts, part)
		}
	}
	return parts
}

// counted lists the tables of parts that are counted.
func counted() []*Table {
	return slices.DeleteFunc(Tables(), func(t *Table) bool { return t.Counted == 0 })
}

// Column returns the place of the named column; the name must exist.
func (t *Table) Column(name string) int {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic("importer: " + t.Name + " has no column " + name)
	}
	return i
}
