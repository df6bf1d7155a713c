package importer

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// The tables of the catalogue, in import order: parents before their parts.
var (
	Products = &Table{
		Name: "products", One: "product", Resource: connector.Products, Keys: []int{0}, Local: true, Kept: true, Completed: true, Beside: 2, Reason: 1, Title: 1,
		Archived: &Field{3, String("archived")},
		Columns: []Column{
			{"external_id", Text}, {"title", Text}, {"slug", Text}, {"status", Text},
			{"vendor", Text}, {"product_type", Text}, {"description_html", Text},
			{"tags", Set}, {"options", JSON}, {"seo_title", Text}, {"seo_description", Text},
		},
	}
	Variants = &Table{
		Name: "variants", One: "variant", Resource: connector.Products, Keys: []int{0}, Local: true, Completed: true,
		Columns: []Column{
			{"external_id", Text}, {"product_external_id", Text}, {"inventory_item_id", Text},
			{"title", Text}, {"sku", Text}, {"barcode", Text}, {"price", Money},
			{"compare_at_price", Money}, {"currency", Text}, {"options", JSON}, {"position", Int},
			{"tracked", Bool}, {"requires_shipping", Bool}, {"weight", Number}, {"weight_unit", Text},
		},
		Parents: []Parent{{1, Products}}, Counted: 1, Reason: 3,
	}
	Media = &Table{
		Name: "media", One: "media item", Resource: connector.Products, Keys: []int{1, 0}, Local: true, Completed: true, Beside: 2,
		Columns: []Column{
			{"external_id", Text}, {"product_external_id", Text}, {"type", Text}, {"status", Text},
			{"url", Text}, {"alt", Text}, {"position", Int}, {"variant_external_ids", Set},
		},
		Parents: []Parent{{1, Products}, {7, Variants}}, Links: MediaLinks, Counted: 2, Reason: 2,
	}
	Categories = &Table{
		Name: "categories", One: "category", Resource: connector.Categories, Keys: []int{0}, Local: true, Kept: true, Beside: 1, Reason: 1, Title: 1,
		Columns: []Column{
			{"external_id", Text}, {"title", Text}, {"slug", Text}, {"description_html", Text},
			{"kind", Text}, {"sort_order", Text},
		},
	}
	Memberships = &Table{
		Name: "memberships", One: "membership", Resource: connector.Categories, Keys: []int{0, 1},
		Columns: []Column{
			{"category_external_id", Text}, {"product_external_id", Text}, {"position", Int},
		},
		Parents: []Parent{{0, Categories}, {1, Products}}, Counted: 1, Reason: 2,
	}
	Warehouses = &Table{
		Name: "warehouses", One: "warehouse", Resource: connector.Warehouses, Keys: []int{0}, Local: true, Kept: true, Few: true, Completed: true, Linkable: true,
		Reason: 1, Title: 1, Archived: &Field{2, Flag(false)},
		Columns: []Column{
			{"external_id", Text}, {"name", Text}, {"active", Bool}, {"address", JSON},
		},
	}
	Stock = &Table{
		Name: "stock", One: "stock level", Resource: connector.Stock, Keys: []int{1, 2}, Completed: true, Beside: 1, Stocked: &Stocked{Tracked: 4, Number: 6},
		Columns: []Column{
			{"variant_external_id", Text}, {"inventory_item_id", Text}, {"warehouse_external_id", Text},
			{"sku", Text}, {"tracked", Bool}, {"active", Bool}, {"available", Int}, {"on_hand", Int},
			{"committed", Int}, {"incoming", Int},
		},
		Parents: []Parent{{2, Warehouses}, {0, Variants}}, Reason: 6,
	}
)

// MediaLinks are the links between variants and the media that they show; media carry
// them.
var MediaLinks = &Table{
	Name: "variant media", Keys: []int{0, 1},
	Columns: []Column{{"variant_external_id", Text}, {"external_id", Text}},
}

// catalogue are the tables in import order. A table stands here and nowhere else.
var catalogue = []*Table{Products, Variants, Media, Categories, Memberships, Warehouses, Stock}

// Tables lists the tables of the catalogue in import order.
func Tables() []*Table { return slices.Clone(catalogue) }
