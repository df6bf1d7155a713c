package catalogue

// DefaultDomain is the domain of the default shop, whose ids begin the ranges.
const DefaultDomain = "tea-and-cups.myshopify.com"

// idRanges hands out the ids of one shop.
type idRanges struct {
	shop int64            // the number of the shop
	last map[string]int64 // by kind
}

// nextID hands out an id that looks like Shopify's: long, growing, in a range of its own per kind, never the same in two
// shops.
func (r *idRanges) nextID(kind string) int64 {
	if r.last[kind] == 0 {
		r.last[kind] = firstID(kind) + (r.shop-ShopNumber(DefaultDomain)+90_000_000_000)%10_000_000_000
	}
	r.last[kind] += 32768 + 1
	return r.last[kind]
}

func firstID(kind string) int64 {
	switch kind {
	case "Product":
		return 8_123_450_000_001
	case "ProductVariant":
		return 44_123_450_000_001
	case "InventoryItem":
		return 46_223_450_000_001
	case "InventoryLevel":
		return 104_875_000_041
	case "Location":
		return 71_234_500_001
	case "Collection":
		return 412_345_000_001
	case "MediaImage", "Video", "ExternalVideo", "Model3d":
		return 33_123_450_000_001 // all media share one range
	case "ProductOption":
		return 10_123_450_000_001
	case "BulkOperation":
		return 3_123_450_000_001
	}
	return 2_123_450_000_001
}

// ShopNumber derives the shop's immutable id from its domain.
func ShopNumber(domain string) int64 {
	n := int64(5381)
	for _, c := range []byte(domain) {
		n = (n*33 + int64(c)) % 90_000_000_000
	}
	return 10_000_000_000 + n
}
