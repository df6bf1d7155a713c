package statetest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// forgetfulShop is a shop that gives parts of products and categories that it does
// not have any more when it is asked again.
type forgetfulShop struct {
	*Shelf
	asked []string
}

func (f *forgetfulShop) RereadParent(_ context.Context, parent importer.ParentRef, to importer.Intake) error {
	f.asked = append(f.asked, parent.Part.Name+" of "+parent.ID)
	return to.ReplaceParent(parent)
}

// addStray adds a part of every kind of a product, and a membership of a category,
// that the shop does not have.
func (f *forgetfulShop) addStray(n int) {
	product := fmt.Sprintf("gid://shopify/Product/9%03d", n)
	f.Variants[product] = importer.Variant{ID: "gid://shopify/ProductVariant/" + product[len(product)-4:], ProductID: product, InventoryItemID: "gid://shopify/InventoryItem/9" + product[len(product)-4:], Price: "1.00", Currency: "EUR"}
	f.Media[product] = importer.MediaItem{ID: "gid://shopify/MediaImage/9", ProductID: product}
	f.Memberships[product] = importer.Membership{CategoryID: "gid://shopify/Collection/1", ProductID: product}
	f.Memberships[product+" elsewhere"] = importer.Membership{CategoryID: fmt.Sprintf("gid://shopify/Collection/9%03d", n), ProductID: "gid://shopify/Product/0"}
}

// TestPartsOfWhatIsGoneAreLeftOut: what a shop gives of a parent that it does not have any
// more is no record, and no loss.
func TestPartsOfWhatIsGoneAreLeftOut(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(7, 12))
	f := &forgetfulShop{Shelf: b.Shop}
	f.addStray(1)
	f.Levels["stray"] = importer.Level{InventoryItemID: f.Variants["gid://shopify/Product/9001"].InventoryItemID, WarehouseID: locationZero, Active: true, Available: importer.Units(1)}
	b.Source = f
	run := b.Run()
	if n := run.WarningsBy[importer.WarnItemWithoutVariant]; n > 0 || run.Status != importer.Succeeded || run.Counts.Of(importer.Stock).Read != 48 {
		t.Errorf("stock of what went: %d remarks, %s, %+v", n, run.Status, run.Counts.Of(importer.Stock))
	}
	want := []string{
		"media of gid://shopify/Product/9001", "memberships of gid://shopify/Collection/9001", "variants of gid://shopify/Product/9001",
	}
	if !slices.Equal(f.asked, want) {
		t.Errorf("asked again for %q, want %q", f.asked, want)
	}
	for table, n := range map[*importer.Table]int{importer.Products: 12, importer.Variants: 24, importer.Media: 12, importer.Memberships: 12} {
		if counts := *run.Counts.Of(table); counts.Read != n || counts.Created != n {
			t.Errorf("%s: %+v, want %d", table.Name, counts, n)
		}
	}
}

// TestShopOfStraysOnlyIsNotImported: a read of little else is none.
func TestShopOfStraysOnlyIsNotImported(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(8, 3))
	f := &forgetfulShop{Shelf: b.Shop}
	for n := range 900 {
		f.addStray(n)
	}
	b.Source = f
	_, _, err := b.Preview(importer.Choices{})
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != connector.IncompleteRead || len(f.asked) > 0 {
		t.Errorf("%v, after %d questions", err, len(f.asked))
	}
}
