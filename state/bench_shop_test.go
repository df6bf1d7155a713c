package state

import (
	"context"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// catalogue is a shop of any size that holds none of it in memory. Its tables
// are given side by side, as a bulk read does. Of every hundred products one,
// and of every twenty levels one, shows the edition it is asked for.
type catalogue struct {
	products  int
	locations int
	edition   int
}

const variantsEach = 5

func (c catalogue) Shop(context.Context) (importer.Shop, error) {
	return importer.Shop{AccountID: "gid://shopify/Shop/1", Domain: "tea.myshopify.com", Name: "Tea", Currency: "EUR", Scopes: allScopes, APIVersion: "2026-10"}, nil
}

func (c catalogue) Reread(context.Context, importer.ParentRef, importer.Intake) error { return nil }

func (c catalogue) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	var all errgroup.Group
	all.Go(func() error { return c.each(func(i int) error { return c.product(to, i) }) })
	all.Go(func() error { return c.each(func(i int) error { return c.variants(to, i) }) })
	all.Go(func() error { return c.each(func(i int) error { return c.levels(to, i) }) })
	all.Go(func() error { return c.categories(to) })
	return importer.Reading{Reader: importer.ReaderBulk}, all.Wait()
}

func (c catalogue) each(give func(i int) error) error {
	for i := range c.products {
		if err := give(i); err != nil {
			return err
		}
	}
	return nil
}

func gid(kind string, n int) string {
	return fmt.Sprintf("gid://shopify/%s/%d", kind, 7_000_000_000_000+n*32_768)
}

var longText = strings.Repeat("<p>Thrown by hand, glazed twice and fired slowly.</p>", 30)

func (c catalogue) product(to importer.Intake, i int) error {
	id, title := gid("Product", i), fmt.Sprintf("Quiet Teapot %d", i)
	if i%100 == 0 {
		title = fmt.Sprintf("%s (%d)", title, c.edition)
	}
	media := i%6 + 1
	for m := range media {
		url := fmt.Sprintf("https://cdn.shopify.com/s/files/1/0001/product-%d-%d.jpg?v=1", i, m)
		if err := to.Media(importer.MediaItem{ID: gid("MediaImage", i*6+m), ProductID: id, Type: "image", Status: "ready", URL: &url, Order: int64(m), MIMEType: "image/jpeg"}); err != nil {
			return err
		}
	}
	return to.Product(importer.Product{
		ID: id, Title: title, Slug: fmt.Sprintf("product-%d", i), Status: "active", Vendor: "Alder & Co", Type: "Teapot",
		DescriptionHTML: longText[:400+i%1100], Tags: []string{"new", "Teapot"},
		Options:  []importer.Option{{Name: "Colour", Values: []string{"Red", "Green"}}, {Name: "Size", Values: []string{"S", "M", "L"}}},
		Variants: &importer.Announced{Count: variantsEach, Exact: true}, Media: &importer.Announced{Count: media, Exact: true},
	})
}

func (c catalogue) variants(to importer.Intake, i int) error {
	price := "12.50"
	if i%100 == 0 {
		price = fmt.Sprintf("%d.00", c.edition+1)
	}
	for v := range variantsEach {
		n := i*variantsEach + v
		sku, weight, unit := fmt.Sprintf("SKU-%06d-%d", i, v), "0.35", "kilograms"
		id := gid("ProductVariant", n)
		if err := to.Variant(importer.Variant{
			ID: id, ProductID: gid("Product", i), InventoryItemID: gid("InventoryItem", n), Title: "Red / M", SKU: &sku,
			Price: price, Currency: "EUR", Options: []importer.Choice{{Name: "Colour", Value: "Red"}, {Name: "Size", Value: "M"}},
			Position: int64(v + 1), Tracked: true, RequiresShipping: true, Weight: &weight, WeightUnit: &unit,
		}); err != nil {
			return err
		}
		if v == 0 {
			if err := to.VariantMedia(importer.VariantMedia{VariantID: id, MediaID: gid("MediaImage", i*6)}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c catalogue) levels(to importer.Intake, i int) error {
	for v := range variantsEach {
		n := i*variantsEach + v
		item := gid("InventoryItem", n)
		for l := range c.locations {
			units := int64(n%50 + 1)
			if (n*c.locations+l)%20 == 0 {
				units += int64(c.edition)
			}
			if err := to.Level(importer.Level{
				InventoryItemID: item, WarehouseID: gid("Location", l), Active: true,
				Available: importer.Units(units), OnHand: importer.Units(units), Committed: importer.Units(0), Incoming: importer.Units(0),
			}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c catalogue) categories(to importer.Intake) error {
	for l := range c.locations {
		if err := to.Warehouse(importer.Warehouse{ID: gid("Location", l), Name: fmt.Sprintf("Store room %d", l), Active: true}); err != nil {
			return err
		}
	}
	const size = 300
	for n := 0; n*100 < c.products; n++ {
		id, members := gid("Collection", n), 0
		for m := n * 100; m < min(n*100+size, c.products); m++ {
			members++
			if err := to.Membership(importer.Membership{CategoryID: id, ProductID: gid("Product", m)}); err != nil {
				return err
			}
		}
		if err := to.Category(importer.Category{ID: id, Title: fmt.Sprintf("Picks %d", n), Slug: fmt.Sprintf("picks-%d", n), Kind: "smart", SortOrder: "best_selling",
			Members: &importer.Announced{Count: members, Exact: true}}); err != nil {
			return err
		}
	}
	return nil
}
