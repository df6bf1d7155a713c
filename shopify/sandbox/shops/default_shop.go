package shops

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// DefaultShop makes a small shop for tea and tableware. It is believable, and it holds every shape that
// surprises importers.
func DefaultShop() *catalogue.Shop {
	s := catalogue.New(catalogue.DefaultDomain, "Tea & Cups", "GBP")
	s.Identity.TaxesIncluded = true
	openLocations(s)
	for _, p := range defaultProducts() {
		mustMake(s.AddProduct(p))
	}
	shareMedia(s)
	arrangeStock(s)
	arrangeCollections(s)
	return s
}

// mustMake panics on an error: the parts of the default shop are always in order.
func mustMake[T any](value T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("the default shop is out of order: %v", err))
	}
	return value
}

// shareMedia hangs one picture on two products, and pictures of variants on several of them.
func shareMedia(s *catalogue.Shop) {
	shared := s.Handles["enamel-mug"].Media[0]
	gift := s.Handles["gift-set-mug-and-tea"]
	gift.Media = append(gift.Media, shared)
}

// arrangeStock makes the levels that are out of the ordinary.
func arrangeStock(s *catalogue.Shop) {
	stalls := s.Locations[2:4]
	s.StockAt(s.Handles["enamel-mug"].Variants[0].Item, stalls[0], 4)
	s.StockAt(s.Handles["enamel-mug"].Variants[0].Item, stalls[1], 7)
	s.StockAt(s.Handles["stoneware-teapot"].Variants[0].Item, s.Locations[5], 40)

	whitby := s.Locations[4]
	s.StockAt(s.Handles["stoneware-teapot"].Variants[0].Item, whitby, 9)
	s.StockAt(s.Handles["milk-jug"].Variants[0].Item, whitby, 3)
	now := s.Now()
	whitby.Active, whitby.DeactivatedAt = false, &now

	busy := s.Handles["breakfast-tea"].Variants[0].Item.Levels[0]
	busy.SetNumber(catalogue.Committed, 6)
	busy.SetNumber(catalogue.Incoming, 120)
	busy.SetNumber(catalogue.Reserved, 2)
	busy.SetNumber(catalogue.Damaged, 1)
	busy.SetNumber(catalogue.QualityControl, 3)
	busy.SetNumber(catalogue.SafetyStock, 10)
	s.Handles["milk-jug"].Variants[0].Item.Levels[1].Active = false
	s.Handles["wool-tea-cosy"].Options[0].Values[0].Color = new("#7a1f2b")
}

func arrangeCollections(s *catalogue.Shop) {
	front := s.AddCollection("window-display", "Window display", "MANUAL")
	front.HTML = "<p>What stands in the window this week.</p>"
	front.Chosen = productsNamed(s, "stoneware-teapot", "enamel-mug", "milk-jug", "matcha-bowl", "breakfast-tea")
	front.Image = &catalogue.Image{
		ID: s.NextID(catalogue.ImageMedia), URL: "https://cdn.shopify.com/s/files/1/0001/window.jpg?v=3", Alt: new("Our window"),
		Width: 1600, Height: 900,
	}

	tea := s.AddCollection("all-tea", "All tea", "ALPHA_ASC")
	s.AddCondition(tea, "ProductTag", "TAGGED_WITH", "tea")
	tea.ExcludedTags = []string{"discontinued"}

	cheap := s.AddCollection("under-ten", "Under £10", "PRICE_ASC")
	s.AddCondition(cheap, "VariantPrice", "LESS_THAN", "10.00")
	s.AddCondition(cheap, "ProductStatus", "EQUALS", "ACTIVE")

	both := s.AddCollection("gifts", "Gifts", "BEST_SELLING")
	both.AnyCondition = true
	s.AddCondition(both, "ProductType", "EQUALS", "Gift")
	s.AddCondition(both, "ProductTitle", "CONTAINS", "Gift")
	both.Chosen = productsNamed(s, "wool-tea-cosy")
	both.SEOTitle = new("Gifts for tea people")

	everything := s.AddCollection("tea-and-gifts", "Tea and gifts", "CREATED_DESC")
	everything.SubCollections = []*catalogue.Collection{tea, both}

	s.AddCollection("coming-soon", "Coming soon", "MANUAL")
	newest := s.AddCollection("アーカイブ", "アーカイブ 📦", "ALPHA_DESC")
	s.AddCondition(newest, "ProductStatus", "EQUALS", "ARCHIVED")
}

func productsNamed(s *catalogue.Shop, handles ...string) []*catalogue.Product {
	var list []*catalogue.Product
	for _, handle := range handles {
		list = append(list, mustMake(s.ProductNamed(handle)))
	}
	return slices.Clip(list)
}
