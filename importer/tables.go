package importer

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// The tables of the catalogue, in import order: parents before their parts.
var (
	Products = &Table{
		Name: "products", One: "product", Resource: connector.Products,
		Columns: []Column{
			{Name: "external_id"}, {Name: "title"}, {Name: "slug"}, {Name: "status"},
			{Name: "vendor"}, {Name: "product_type"}, {Name: "description_html"},
			{Name: "tags", Type: Set}, {Name: "options", Type: JSON}, {Name: "seo_title"}, {Name: "seo_description"},
		},
		Keys: []int{0}, Beside: 2, Reason: 1,
		Local: true, Kept: true, Completed: true, CreatedRun: true, UpdatedRun: true,
		Archived: &Field{3, String("archived")},
		Label:    Label{Title: 1},
		Shown: Shown{
			Listed: "title status vendor product_type missing_since external_id",
			Spare:  "vendor product_type external_id",
			Told:   "status vendor",
		},
		Searched: []string{"external_id", "title", "slug", "status", "vendor", "product_type", "tags"},
		Filters: []Filter{
			{"no-category", "are in no category", []Condition{{Column: "external_id", Is: Unnamed, By: "memberships",
				As: "product_external_id"}}},
			{"no-media", "have no image or other media", []Condition{{Column: "external_id", Is: Unnamed, By: "media",
				As: "product_external_id"}}},
			{"not-active", "are a draft, archived or unlisted", []Condition{{Column: "status", Is: Other, Than: "active"}}},
			vanished,
		},
	}
	Variants = &Table{
		Name: "variants", One: "variant", Resource: connector.Products,
		Columns: []Column{
			{Name: "external_id"}, {Name: "product_external_id"}, {Name: "inventory_item_id"},
			{Name: "title"}, {Name: "sku"}, {Name: "barcode"}, {Name: "price", Type: Money, Unit: "currency"},
			{Name: "compare_at_price", Type: Money, Unit: "currency"}, {Name: "currency"}, {Name: "options", Type: JSON},
			{Name: "position", Type: Int},
			{Name: "tracked", Type: Bool}, {Name: "requires_shipping", Type: Bool},
			{Name: "weight", Type: Number, Unit: "weight_unit"}, {Name: "weight_unit"},
		},
		Keys: []int{0}, Parents: []Parent{{Column: 1, Table: Products, As: "product"}}, Counted: 1, Reason: 3,
		Local: true, Completed: true,
		Label: Label{Title: 3, Within: true, Code: 4},
		Shown: Shown{
			Listed: "sku product title price currency tracked external_id",
			Spare:  "currency tracked external_id", Later: "product",
			Told: "sku price",
		},
		Searched: []string{"external_id", "product_external_id", "title", "sku", "barcode", "price", "currency"},
		Filters: []Filter{
			{"no-sku", "have no SKU", []Condition{{Column: "sku", Is: Blank}}},
			{"duplicate-sku", "share their SKU with another variant", []Condition{{Column: "sku", Is: Shared}}},
			{"no-barcode", "have no barcode", []Condition{{Column: "barcode", Is: Blank}}},
			{"no-stock", "have a stock level nowhere", []Condition{
				{Column: "inventory_item_id", Is: Unnamed, By: "stock", As: "inventory_item_id"}}},
			{"untracked", "the shop does not track", []Condition{{Column: "tracked", Is: Zeroed}}},
		},
	}
	Media = &Table{
		Name: "media", One: "media item", Resource: connector.Products,
		Columns: []Column{
			{Name: "external_id"}, {Name: "product_external_id"}, {Name: "type"}, {Name: "status"},
			{Name: "url"}, {Name: "alt"}, {Name: "position", Type: Int}, {Name: "variant_external_ids", Type: Set},
		},
		Keys: []int{1, 0}, Parents: []Parent{{Column: 1, Table: Products, As: "product"}, {Column: 7, Table: Variants}},
		Links: MediaLinks, Counted: 2, Beside: 2, Reason: 2,
		Local: true, Completed: true,
		Label: Label{Called: []int{5, 4}},
		Shown: Shown{
			Listed: "product position type status alt url external_id",
			Spare:  "position alt url external_id",
			Told:   "type status", Minor: true,
		},
		Searched: []string{"external_id", "product_external_id", "type", "status", "url", "alt", "position"},
		Filters: []Filter{
			{"not-ready", "have no address yet", []Condition{{Column: "url", Is: Absent}}},
			{"no-alt", "have no alternative text", []Condition{{Column: "alt", Is: Blank}}},
		},
	}
	Categories = &Table{
		Name: "categories", One: "category", Resource: connector.Categories,
		Columns: []Column{
			{Name: "external_id"}, {Name: "title"}, {Name: "slug"}, {Name: "description_html"},
			{Name: "kind"}, {Name: "sort_order"},
		},
		Keys: []int{0}, Beside: 1, Reason: 1,
		Local: true, Kept: true,
		Label:    Label{Title: 1},
		Shown:    Shown{Listed: "title slug kind missing_since external_id", Spare: "slug external_id", Told: "kind"},
		Searched: []string{"external_id", "title", "slug", "kind"},
		Filters: []Filter{
			{"empty", "hold no product", []Condition{{Column: "external_id", Is: Unnamed, By: "memberships", As: "category_external_id"}}},
			vanished,
		},
	}
	Memberships = &Table{
		Name: "memberships", One: "membership", Resource: connector.Categories,
		Columns: []Column{
			{Name: "category_external_id"}, {Name: "product_external_id"}, {Name: "position", Type: Int},
		},
		Keys: []int{0, 1}, Parents: []Parent{{Column: 0, Table: Categories, As: "category"}, {Column: 1, Table: Products, As: "product"}},
		Counted: 1, Reason: 2,
		Label: Label{Joined: " in "},
		Shown: Shown{
			Listed: "category product position category_external_id product_external_id",
			Spare:  "category_external_id product_external_id",
			Told:   "position", Minor: true, Walked: "categories",
		},
		Searched: []string{"category_external_id", "product_external_id", "position"},
	}
	Warehouses = &Table{
		Name: "warehouses", One: "warehouse", Resource: connector.Warehouses,
		Columns: []Column{
			{Name: "external_id"}, {Name: "name"}, {Name: "active", Type: Bool}, {Name: "address", Type: JSON},
		},
		Keys: []int{0}, Reason: 1,
		Local: true, Kept: true, Few: true, Completed: true, Linkable: true,
		Archived: &Field{2, Flag(false)},
		Label:    Label{Title: 1},
		Shown:    Shown{Listed: "id name active linked missing_since external_id", Spare: "linked", Told: "active"},
		Searched: []string{"id", "external_id", "name", "address"},
		Filters: []Filter{
			{"not-linked", "stand for no location of the shop", []Condition{{Column: "linked", Is: Zeroed}}},
			{"inactive", "are deactivated", []Condition{{Column: "active", Is: Zeroed}}},
			{"no-stock", "hold no stock level", []Condition{{Column: "external_id", Is: Unnamed, By: "stock",
				As: "warehouse_external_id"}}},
			vanished,
		},
	}
	Stock = &Table{
		Name: "stock", One: "stock level", Resource: connector.Stock,
		Columns: []Column{
			{Name: "variant_external_id"}, {Name: "inventory_item_id"}, {Name: "warehouse_external_id"},
			{Name: "sku"}, {Name: "tracked", Type: Bool}, {Name: "active", Type: Bool},
			{Name: "available", Type: Int, Unit: "unit"}, {Name: "on_hand", Type: Int, Unit: "unit"},
			{Name: "committed", Type: Int, Unit: "unit"}, {Name: "incoming", Type: Int, Unit: "unit"},
		},
		Keys: []int{1, 2}, Parents: []Parent{{Column: 2, Table: Warehouses, As: "warehouse"}, {Column: 0, Table: Variants, As: "variant"}},
		Beside: 1, Reason: 6,
		Completed: true, UpdatedRun: true,
		Stocked: &StockColumns{Tracked: 4, Number: 6},
		Label:   Label{Called: []int{3}, Joined: " at "},
		Shown: Shown{
			Listed: "sku available on_hand committed incoming active warehouse variant variant_external_id",
			Spare:  "committed incoming variant_external_id", Later: "on_hand active variant",
			Told: "available on_hand", Walked: "items",
		},
		Searched: []string{"variant_external_id", "inventory_item_id", "warehouse_external_id", "sku", "available", "on_hand", "committed",
			"incoming"},
		Filters: []Filter{
			{"below-zero", "are tracked and below zero", []Condition{{Column: "tracked", Is: NotZero},
				{Column: "available", Is: BelowZero}}},
			{"zero", "are tracked and exactly zero", []Condition{{Column: "tracked", Is: NotZero}, {Column: "available", Is: Zeroed}}},
			{"untracked", "are of a variant that the shop does not track", []Condition{{Column: "tracked", Is: Zeroed}}},
			{"inactive", "lie where the item is no longer stocked", []Condition{{Column: "active", Is: Zeroed}}},
		},
	}
)

// vanished chooses the rows that are marked missing.
var vanished = Filter{"missing", "the shop no longer shows", []Condition{{Column: "missing_since", Is: Present}}}

// MediaLinks are the links between variants and the media that they show. Staging stores
// them in the media.
var MediaLinks = &Table{
	Name: "variant media", Keys: []int{0, 1},
	Columns: []Column{{Name: "variant_external_id"}, {Name: "external_id"}},
}

// catalogue lists all tables, in import order.
var catalogue = []*Table{Products, Variants, Media, Categories, Memberships, Warehouses, Stock}

// Tables returns the tables of the catalogue, in import order.
func Tables() []*Table { return slices.Clone(catalogue) }

// TableNames returns the names of the tables, in import order.
func TableNames() []string {
	var names []string
	for _, t := range catalogue {
		names = append(names, t.Name)
	}
	return names
}

// TablesOf returns the tables of the given resources, in import order.
func TablesOf(resources []connector.Resource) []*Table {
	var chosen []*Table
	for _, t := range catalogue {
		if slices.Contains(resources, t.Resource) {
			chosen = append(chosen, t)
		}
	}
	return chosen
}

// TableNamed returns the table of that name, or nil.
func TableNamed(name string) *Table {
	for _, t := range catalogue {
		if t.Name == name {
			return t
		}
	}
	return nil
}

// PartsOf returns the tables that have t as a parent.
func PartsOf(t *Table) (parts []*Table) {
	for _, part := range catalogue {
		if slices.ContainsFunc(part.Parents, func(p Parent) bool { return p.Table == t }) {
			parts = append(parts, part)
		}
	}
	return parts
}
