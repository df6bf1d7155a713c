package queries

// PageSize is the largest page that Shopify gives. Large pages are cheap: 250
// rows cost eleven times one row
// (https://shopify.dev/docs/api/usage/pagination-graphql).
const PageSize = 250

// Ceiling is the most that the document can be charged before it runs: pages of
// 250, levels of 250 locations. The figures follow from the price list that
// captured answers show; a test computes them. They serve until the shop has
// named its own price.
func (d Document) Ceiling() float64 {
	if one, n := d.askedOnce(); one != d {
		return one.Ceiling() * float64(n)
	}
	switch d {
	case ProductsCount, VariantsCount, CollectionsCount, LocationsCount:
		return 10
	case BulkRun, BulkCancel:
		return 10
	case BulkPoll:
		return 1
	case BulkList:
		return 6
	case Shop:
		return 3
	case Locations:
		return 24
	case Location:
		return 2
	case Products:
		return 178
	case Product:
		return 6
	case ProductMedia:
		return 25
	case Variants:
		return 112
	case ProductVariants:
		return 212
	case Inventory:
		return 398
	case ItemLevels:
		return 36
	case Collections:
		return 57
	case Collection:
		return 5
	case CollectionProducts:
		return 14
	case VariantsBySKU:
		return 13
	case VariantStock:
		return 38
	}
	return maxQueryCost
}

// maxQueryCost is what a single query may cost on every plan
// (https://shopify.dev/docs/api/usage/limits).
const maxQueryCost = 1000
