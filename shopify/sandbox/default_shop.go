package sandbox

import (
	"fmt"
	"slices"
)

// DefaultDomain is the domain of the default shop.
const DefaultDomain = "tea-and-cups.myshopify.com"

// The names of the default shop's locations. Two more are called "Pop-up stall".
const (
	WarehouseLocation = "Warehouse Leeds"
	ShopLocation      = "Shop York"
	ClosedLocation    = "Old Shop Whitby"
	ServiceLocation   = "Northern Parcels"
)

// DefaultShop makes a small shop for tea and tableware. It is believable, and it holds every shape that
// surprises importers.
func DefaultShop() *Shop {
	s := NewShop(DefaultDomain, "Tea & Cups", "GBP")
	s.identity.TaxesIncluded = true
	s.openLocations()
	for _, p := range defaultProducts() {
		must(s.addProduct(p))
	}
	s.shareMedia()
	s.arrangeStock()
	s.arrangeCollections()
	return s
}

// must is for what the default shop is made of, which is always in order.
func must[T any](value T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("the default shop is out of order: %v", err))
	}
	return value
}

func (s *Shop) openLocations() {
	s.addLocation(WarehouseLocation, Address{
		Address1: new("12 Canal Wharf"), City: new("Leeds"), Zip: new("LS11 5PS"), Country: new("United Kingdom"),
		CountryCode: new("GB"), Province: new("England"), ProvinceCode: new("ENG"), Phone: new("+441134960000"),
		Latitude: new(53.7926), Longitude: new(-1.5480),
	})
	s.addLocation(ShopLocation, Address{
		Address1: new("3 Stonegate"), City: new("York"), Zip: new("YO1 8AN"), Country: new("United Kingdom"), CountryCode: new("GB"),
	})
	s.addLocation("Pop-up stall", Address{City: new("Leeds")})
	s.addLocation("Pop-up stall", Address{City: new("Harrogate")})
	s.addLocation(ClosedLocation, Address{City: new("Whitby"), CountryCode: new("GB")})
	s.addFulfillmentService(ServiceLocation, "northern-parcels").shipsInventory = true
}

// shareMedia hangs one picture on two products, and pictures of variants on several of them.
func (s *Shop) shareMedia() {
	shared := s.handles["enamel-mug"].media[0]
	gift := s.handles["gift-set-mug-and-tea"]
	gift.media = append(gift.media, shared)
}

// arrangeStock makes the levels that are out of the ordinary.
func (s *Shop) arrangeStock() {
	stalls := s.locations[2:4]
	s.stock(s.handles["enamel-mug"].variants[0].item, stalls[0], 4)
	s.stock(s.handles["enamel-mug"].variants[0].item, stalls[1], 7)
	s.stock(s.handles["stoneware-teapot"].variants[0].item, s.locations[5], 40)

	whitby := s.locations[4]
	s.stock(s.handles["stoneware-teapot"].variants[0].item, whitby, 9)
	s.stock(s.handles["milk-jug"].variants[0].item, whitby, 3)
	now := s.now()
	whitby.active, whitby.deactivatedAt = false, &now

	busy := s.handles["breakfast-tea"].variants[0].item.levels[0]
	busy.set(committed, 6)
	busy.set(incoming, 120)
	busy.set(reserved, 2)
	busy.set(damaged, 1)
	busy.set(qualityControl, 3)
	busy.set(safetyStock, 10)
	s.handles["milk-jug"].variants[0].item.levels[1].active = false
	s.handles["wool-tea-cosy"].options[0].values[0].color = new("#7a1f2b")
}

func (s *Shop) arrangeCollections() {
	front := s.addCollection("window-display", "Window display", "MANUAL")
	front.html = "<p>What stands in the window this week.</p>"
	front.chosen = s.chosen("stoneware-teapot", "enamel-mug", "milk-jug", "matcha-bowl", "breakfast-tea")
	front.image = &image{s.nextID(imageMedia), "https://cdn.shopify.com/s/files/1/0001/window.jpg?v=3", new("Our window"), 1600, 900}

	tea := s.addCollection("all-tea", "All tea", "ALPHA_ASC")
	s.addCondition(tea, "ProductTag", "TAGGED_WITH", "tea")
	tea.excludedTags = []string{"discontinued"}

	cheap := s.addCollection("under-ten", "Under £10", "PRICE_ASC")
	s.addCondition(cheap, "VariantPrice", "LESS_THAN", "10.00")
	s.addCondition(cheap, "ProductStatus", "EQUALS", "ACTIVE")

	both := s.addCollection("gifts", "Gifts", "BEST_SELLING")
	both.anyCondition = true
	s.addCondition(both, "ProductType", "EQUALS", "Gift")
	s.addCondition(both, "ProductTitle", "CONTAINS", "Gift")
	both.chosen = s.chosen("wool-tea-cosy")
	both.seoTitle = new("Gifts for tea people")

	everything := s.addCollection("tea-and-gifts", "Tea and gifts", "CREATED_DESC")
	everything.subCollections = []*collection{tea, both}

	s.addCollection("coming-soon", "Coming soon", "MANUAL")
	newest := s.addCollection("アーカイブ", "アーカイブ 📦", "ALPHA_DESC")
	s.addCondition(newest, "ProductStatus", "EQUALS", "ARCHIVED")
}

func (s *Shop) chosen(handles ...string) []*product {
	var list []*product
	for _, handle := range handles {
		list = append(list, must(s.productNamed(handle)))
	}
	return slices.Clip(list)
}
