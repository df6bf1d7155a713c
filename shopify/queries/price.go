package queries

// PageSize is the number of records on the largest page that Shopify gives. Large pages are
// cheap: 250 rows cost eleven times one row
// (https://shopify.dev/docs/api/usage/pagination-graphql).
const PageSize = 250

// Ceiling returns the highest requested cost of a document, in points: that of pages of
// PageSize, with levels of as many locations. It serves until the shop has named its own
// price. The figures follow from the prices in captured answers; a test computes them.
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
