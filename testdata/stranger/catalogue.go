package stranger

import (
	"fmt"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// Locations is how many there are:, closed and of a fulfilment service.
const Locations = 4

const (
	firstNumber, step = 8_000_000_000, 13 // of ids
	mediaPlaces       = 16                // for a product
	inPeriod          = 9                 // products, that have 1 to 9 variants
	variantsInPeriod  = inPeriod * (inPeriod + 1) / 2
)

func gid(kind string, n int) string {
	return fmt.Sprintf("gid://shopify/%s/%d", kind, firstNumber+n*step)
}

// position is which record of a kind an id belongs to.
func position(id, kind string) (int, bool) {
	text, found := strings.CutPrefix(id, "gid://shopify/"+kind+"/")
	number, err := strconv.Atoi(text)
	return (number - firstNumber) / step, found && err == nil && number >= firstNumber
}

// Variants and Media are how many a product has.
func (s *Shop) Variants(product int) int { return product%inPeriod + 1 }

// Media is how many media a product has.
func (s *Shop) Media(product int) int {
	if product%97 == 13 {
		return 14
	}
	return product % 5
}

func (s *Shop) variantsBefore(product int) int {
	rest := product % inPeriod
	return product/inPeriod*variantsInPeriod + rest*(rest+1)/2
}

func (s *Shop) productOf(variant int) int {
	return sort.Search(s.Products, func(product int) bool { return s.variantsBefore(product+1) > variant })
}

// Product is what can be asked for of a product.
func (s *Shop) Product(i int) Node {
	s.mu.Lock()
	changed := s.changed[i]
	s.mu.Unlock()
	title, updated := fmt.Sprintf("Tea pot %d “茶” 🫖 \"hot\\cold\"", i), "2021-01-01T00:00:00Z"
	if changed {
		title, updated = "Changed", now()
	}
	status := []string{"ACTIVE", "DRAFT", "ARCHIVED", "UNLISTED"}[i%4]
	seo := Node{"title": nil, "description": nil}
	if i%3 == 0 {
		seo["title"] = fmt.Sprintf("Buy pot %d", i)
	}
	media := list{s.Media(i), func(j int) Node { return s.Medium(i, j) }}
	first := any(nil)
	if media.n > 0 {
		first = media.at(0)
	}
	return Node{
		"__typename": "Product", "id": gid("Product", i), "handle": fmt.Sprintf("pot-%d-é", i), "title": title,
		"descriptionHtml": strings.Repeat("<p>Thrown by hand.\n\tFired & glazed</p>", i%40), "vendor": "Alder & Co", "productType": "", "status": status,
		"tags": []any{"b,c", "a"}[:i%3%2+i%2], "updatedAt": updated, "seo": seo, "featuredMedia": first, "media": media,
		"variantsCount": counted(s.Variants(i)), "mediaCount": counted(media.n), "options": s.options(i),
		"variants": list{s.Variants(i), func(j int) Node { return s.Variant(s.variantsBefore(i) + j) }},
	}
}

func counted(n int) Node { return Node{"count": n, "precision": "EXACT"} }

// options of a product with one variant are those of nothing to choose. A value
// may be used by no variant.
func (s *Shop) options(product int) []any {
	if s.Variants(product) == 1 {
		return []any{Node{"position": 1, "name": "Title", "optionValues": []any{Node{"name": "Default Title"}}}}
	}
	values := []any{Node{"name": "unused"}}
	for j := range s.Variants(product) {
		values = append(values, Node{"name": fmt.Sprintf("S%d", j)})
	}
	return []any{Node{"position": 1, "name": "Size", "optionValues": values}}
}

// Medium is one of a product's media.
func (s *Shop) Medium(product, j int) Node {
	n := product*mediaPlaces + j
	address := fmt.Sprintf("https://cdn.shopify.com/s/files/1/%d-%d.jpg?v=1&x=é", product, j)
	m := Node{"__typename": "MediaImage", "id": gid("MediaImage", n), "alt": nil, "mediaContentType": "IMAGE", "status": "READY"}
	switch {
	case j%4 == 3:
		m["__typename"], m["id"], m["mediaContentType"] = "Video", gid("Video", n), "VIDEO"
		m["sources"] = []any{Node{"mimeType": "video/mp4", "url": address}, Node{"mimeType": "video/mp4", "url": "https://cdn/small"}}
	case product%50 == 7 && j == 0:
		m["status"], m["mimeType"], m["image"] = "PROCESSING", nil, nil
	default:
		m["alt"], m["mimeType"], m["image"] = fmt.Sprintf("View %d", j), "image/jpeg", Node{"url": address}
	}
	return m
}

// Variant is a variant of the whole shop.
func (s *Shop) Variant(v int) Node {
	product := s.productOf(v)
	place := v - s.variantsBefore(product)
	option, value := "Size", fmt.Sprintf("S%d", place)
	if s.Variants(product) == 1 {
		option, value = "Title", "Default Title"
	}
	n := Node{
		"__typename": "ProductVariant", "id": gid("ProductVariant", v), "title": value, "position": place + 1, "sku": fmt.Sprintf("SKU/%d", v), "barcode": nil,
		"price": fmt.Sprintf("%d.%02d", v%90, v%100), "compareAtPrice": nil, "updatedAt": "2021-01-01T00:00:00Z", "product": Node{"id": gid("Product", product)},
		"selectedOptions": []any{Node{"name": option, "value": value}}, "inventoryItem": s.Item(v), "media": listOf(s.Shown(v)),
	}
	if v%7 == 0 {
		n["sku"], n["barcode"], n["compareAtPrice"] = nil, "0012", "99.90"
	}
	return n
}

// Shown are the media that a variant shows.
func (s *Shop) Shown(v int) []Node {
	product := s.productOf(v)
	media := s.Media(product)
	switch {
	case media == 0 || v%3 == 1:
		return nil
	case media > 2 && v%31 == 0:
		return []Node{s.Medium(product, 0), s.Medium(product, 1), s.Medium(product, 2)}
	}
	return []Node{s.Medium(product, v%media)}
}

func listOf(nodes []Node) list { return list{len(nodes), func(i int) Node { return nodes[i] }} }

// Item is the inventory item of a variant.
func (s *Shop) Item(v int) Node {
	item := Node{
		"__typename": "InventoryItem", "id": gid("InventoryItem", v), "tracked": v%5 != 0, "requiresShipping": true, "updatedAt": "2021-01-01T00:00:00Z",
		"measurement": Node{"weight": Node{"value": 0.25 * float64(v%9+1), "unit": "KILOGRAMS"}},
	}
	item["inventoryLevels"] = listOf(s.Levels(v))
	return item
}

// Levels are those of a variant.
func (s *Shop) Levels(v int) (levels []Node) {
	for l := range Locations {
		if (v+l)%5 == 0 || v%11 == 3 {
			continue
		}
		units := v%60 - 4 + l
		quantities := []any{
			Node{"name": "incoming", "quantity": v % 2}, Node{"name": "available", "quantity": units},
			Node{"name": "committed", "quantity": 1}, Node{"name": "on_hand", "quantity": units + 1},
		}
		levels = append(levels, Node{
			"__typename": "InventoryLevel", "id": fmt.Sprintf("gid://shopify/InventoryLevel/%d?inventory_item_id=%d", firstNumber+l, firstNumber+v*step),
			"isActive": l != 2, "location": Node{"id": gid("Location", l)}, "quantities": quantities,
		})
	}
	return levels
}

// Location is one of few.
func (s *Shop) Location(l int) Node {
	address := Node{"city": "Bern", "zip": nil, "countryCode": "CH"}
	for _, name := range []string{"address1", "address2", "province", "provinceCode", "country", "phone"} {
		address[name] = nil
	}
	return Node{"id": gid("Location", l), "name": fmt.Sprintf("Shed %d", l), "isActive": l != 2, "address": address}
}

const productsApart = 20 // from one collection to the next; each has three times as many

// Collections is how many there are.
func (s *Shop) Collections() int { return s.Products/productsApart + 1 }

// Manual reports whether the merchant sorts a collection.
func (s *Shop) Manual(c int) bool { return c%3 == 0 }

// Members are the products of a collection, in its order.
func (s *Shop) Members(c int) (products []int) {
	for i := c * productsApart; i < min(c*productsApart+3*productsApart, s.Products); i++ {
		products = append(products, i)
	}
	if s.Manual(c) {
		sort.Sort(sort.Reverse(sort.IntSlice(products)))
	}
	return products
}

// Collection is a collection.
func (s *Shop) Collection(c int) Node {
	members, order := s.Members(c), "BEST_SELLING"
	if s.Manual(c) {
		order = "MANUAL"
	}
	conditions := []any{}
	if c%2 == 1 {
		conditions = append(conditions, Node{"id": "1"})
	}
	return Node{
		"__typename": "Collection", "id": gid("Collection", c), "handle": fmt.Sprintf("pots-%d", c), "title": fmt.Sprintf("Pots %d", c), "descriptionHtml": "",
		"sortOrder": order, "updatedAt": "2021-01-01T00:00:00Z", "productsCount": counted(len(members)),
		"sources":  []any{Node{"__typename": "CollectionConditionsSource", "id": "1", "inclusion": Node{"conditions": conditions}}},
		"products": list{len(members), func(i int) Node { return s.Product(members[i]) }},
	}
}

var (
	byID   = regexp.MustCompile(`id:(>=|<=|>|<)(\d+)`)
	byTime = regexp.MustCompile(`updated_at:>='([^']+)'`)
)

// listing is a list of all records of a kind, in the order of their ids.
func (s *Shop) listing(root string, n int, at func(int) Node) func(arguments) any {
	return func(a arguments) any {
		s.note(root)
		if s.Before != nil {
			s.Before(root)
		}
		all := list{n, func(i int) Node {
			if s.Lacks != nil && s.Lacks(root, i) {
				return nil
			}
			return at(i)
		}}
		filter, _ := a["query"].(string)
		if since := byTime.FindStringSubmatch(filter); since != nil {
			return s.updatedSince(root, since[1], at)
		}
		if !byID.MatchString(filter) {
			return all
		}
		s.note("by id")
		if s.Deaf {
			return all
		}
		return within(all, filter)
	}
}

// within is the part of a list that a filter by ids chooses.
func within(all list, filter string) list {
	from, to := 0, all.n
	for _, bound := range byID.FindAllStringSubmatch(filter, -1) {
		number, _ := strconv.Atoi(bound[2])
		least := max(0, number-firstNumber+step-1) / step // the first that is not smaller
		above := max(0, number-firstNumber+step) / step   // the first that is larger
		switch bound[1] {
		case ">=":
			from = max(from, least)
		case ">":
			from = max(from, above)
		case "<=":
			to = min(to, above)
		case "<":
			to = min(to, least)
		}
	}
	return list{max(0, to-from), func(i int) Node { return all.at(from + i) }}
}

func (s *Shop) updatedSince(root, since string, at func(int) Node) list {
	if root != "products" {
		return list{}
	}
	s.mu.Lock()
	var found []int
	for product := range s.changed {
		found = append(found, product)
	}
	s.mu.Unlock()
	sort.Ints(found)
	var nodes []Node
	for _, product := range found {
		if n := at(product); n["updatedAt"].(string) >= since {
			nodes = append(nodes, n)
		}
	}
	return listOf(nodes)
}
