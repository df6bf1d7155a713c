package shops

import (
	"fmt"
	"math/rand/v2"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
)

// GeneratedDomain is the domain of a shop that Generate makes.
const GeneratedDomain = "large-shop.myshopify.com"

// GeneratedShop makes a shop of n products with about five variants each, at four locations and in collections.
// The same n gives the same shop.
func GeneratedShop(n int) *catalogue.Shop {
	s := catalogue.New(GeneratedDomain, "Large Shop", "EUR")
	g := &generator{shop: s, random: rand.New(rand.NewPCG(2026, 10))}
	for _, name := range []string{"Hamburg", "Lyon", "Porto", "Overflow"} {
		s.AddLocation(name, catalogue.Address{City: new(name)})
	}
	for i := range n {
		if _, err := s.AddProduct(g.newProduct(i)); err != nil {
			panic(err) // what the generator makes is always in order
		}
	}
	g.addCollections()
	return s
}

type generator struct {
	shop   *catalogue.Shop
	random *rand.Rand
}

func (g *generator) pickWord(words ...string) string { return words[g.random.IntN(len(words))] }

func (g *generator) newProduct(i int) catalogue.NewProduct {
	thing := g.pickWord("Mug", "Teapot", "Shirt", "Lamp", "Rug", "Bowl", "Chair", "Scarf", "Clock", "Vase")
	title := fmt.Sprintf("%s %s %d", g.pickWord("Blue", "Linen", "Oak", "Quiet", "Northern", "Little", "Grand"), thing, i+1)
	p := catalogue.NewProduct{
		Handle: fmt.Sprintf("product-%d", i+1), Title: title, Vendor: g.pickWord("Alder & Co", "Brightwater", "Casa Lume"),
		Type: thing, DescriptionHTML: "<p>" + title + ", made to last.</p>", Tags: []string{g.pickWord("new", "sale", "classic"), thing},
		Status:  g.pickWord("ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "ACTIVE", "DRAFT", "ARCHIVED"),
		Options: []catalogue.NewOption{{Name: "Colour"}, {Name: "Size"}},
	}
	for m := range g.random.IntN(3) {
		p.Media = append(p.Media, catalogue.NewMedia{URL: fmt.Sprintf("https://cdn.shopify.com/s/files/1/0001/%s-%d.jpg?v=1", p.Handle, m)})
	}
	g.addVariants(&p, i)
	return p
}

// addVariants gives a product between one and nine variants, five on average.
func (g *generator) addVariants(p *catalogue.NewProduct, product int) {
	sizes := []string{"S", "M", "L", "XL", "XXL"}
	colours := []string{"Red", "Green"}
	for i := range 1 + g.random.IntN(9) {
		p.Variants = append(p.Variants, catalogue.NewVariant{
			Values: []string{colours[i/len(sizes)], sizes[i%len(sizes)]},
			SKU:    new(fmt.Sprintf("SKU-%06d-%d", product+1, i+1)),
			Price:  fmt.Sprintf("%d.%02d", 5+g.random.IntN(200), 5*g.random.IntN(20)),
			Weight: float64(g.random.IntN(4000)) / 1000,
			Stock:  g.spreadStock(),
		})
	}
}

// spreadStock spreads an item over one to all of the locations.
func (g *generator) spreadStock() []catalogue.Stock {
	var levels []catalogue.Stock
	for _, l := range g.shop.Locations[:1+g.random.IntN(len(g.shop.Locations))] {
		levels = append(levels, catalogue.Stock{Location: l.Name, Available: g.random.IntN(60) - 2})
	}
	return levels
}

// addCollections makes a smart one for each tag and some that are sorted by hand.
func (g *generator) addCollections() {
	for _, tag := range []string{"new", "sale", "classic"} {
		g.shop.AddCondition(g.shop.AddCollection(tag, "All "+tag, "BEST_SELLING"), "ProductTag", "TAGGED_WITH", tag)
	}
	for i := range len(g.shop.Products)/200 + 1 {
		c := g.shop.AddCollection(fmt.Sprintf("picks-%d", i+1), fmt.Sprintf("Picks %d", i+1), "MANUAL")
		for at := i; at < len(g.shop.Products); at += 37 + i {
			c.Chosen = append(c.Chosen, g.shop.Products[at])
		}
	}
}
