package shopify

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// oddities adds to a generated shop what those do not have: unusual records, and nested lists that do
// not fit into one page.
func oddities(t *testing.T, shop *sandboxtest.Shop) {
	many := sandboxtest.NewProduct{Title: "Many 茶 \x1b[31m", Status: "UNLISTED", SEOTitle: new("seo"), Tags: []string{"z", "a,b"}}
	for i := range 30 {
		many.Media = append(many.Media, sandboxtest.NewMedia{URL: fmt.Sprintf("https://cdn.shopify.com/many-%d.jpg", i),
			Alt: new(strconv.Itoa(i))})
	}
	many.Options = []sandboxtest.NewOption{{Name: "Size", Values: []string{"none", "S"}}}
	many.Variants = []sandboxtest.NewVariant{{Values: []string{"S"}, Price: "0.00",
		CompareAtPrice: "10.00", Untracked: true, Media: []int{0, 1, 2, 29}}}
	for _, p := range []sandboxtest.NewProduct{
		many, {Title: "Nothing to choose"},
		{Title: "Moving pictures", Media: []sandboxtest.NewMedia{
			{Type: "Video", URL: "https://cdn.shopify.com/v.mp4"}, {Type: "ExternalVideo", URL: "https://youtube.com/watch?v=1"},
			{Type: "Model3d", URL: "https://cdn.shopify.com/m.glb"},
			{URL: "https://cdn.shopify.com/later.png", Status: "PROCESSING"}, {URL: "https://cdn.shopify.com/x.png", Status: "FAILED"},
		}},
	} {
		if _, err := shop.AddProduct(p); err != nil {
			t.Fatal(err)
		}
	}
	shop.AddLocation("Hamburg", sandboxtest.Address{})
	shop.AddFulfillmentService("Somebody's warehouse", "somebody")
	for _, err := range []error{
		shop.DeactivateLocation("Overflow"), shop.SetAvailable("SKU-000001-1", "Lyon", -7), shop.UnlistLocation("Lyon"),
		shop.ShareItem("SKU-000001-1", "SKU-000002-1"), shop.ShareItem("SKU-000001-1", "SKU-000003-1"),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func readSandbox(t *testing.T, shop *sandboxtest.Shop, wrap func(http.Handler) http.Handler) (*recorder, error) {
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{shop}, BucketSize: 4000, RestoreRate: 50_000, Wrap: wrap})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Install(shop.Domain())
	site, err := site.New(server.URL(), site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	client := client.New(site, shop.Domain(), "2026-10", &answers.Tokens{Current: server.AccessToken(shop.Domain())},
		client.Pauses{Sleep: func(ctx context.Context, _ time.Duration) error { return connector.Sleep(ctx, time.Millisecond) }})
	intake := newRecorder(t)
	_, err = NewSource(client, Options{}).Read(context.Background(), connector.Resources(), intake)
	return intake, err
}

func TestSourceFindsTheWholeSandbox(t *testing.T) {
	shop := sandboxtest.Generate(300)
	oddities(t, shop)
	intake, err := readSandbox(t, shop, nil)
	if err != nil {
		t.Fatal(err)
	}
	compareWithTruth(t, intake, shop.Truth())
}

func compareWithTruth(t *testing.T, got *recorder, truth sandboxtest.Truth) {
	products := map[string]importer.Product{}
	for _, p := range truth.Products {
		want := importer.Product{
			ID: p.ID, Title: p.Title, Slug: p.Handle, Status: strings.ToLower(p.Status),
			Vendor: p.Vendor, Type: p.Type, DescriptionHTML: p.DescriptionHTML,
			Tags: p.Tags, SEOTitle: p.SEOTitle, SEODescription: p.SEODescription,
			Variants: &importer.AnnouncedCount{Exact: true}, Media: &importer.AnnouncedCount{Exact: true},
		}
		if want.Tags == nil {
			want.Tags = []string{}
		}
		for _, option := range p.Options {
			want.Options = append(want.Options, importer.Option{Name: option.Name, Values: option.Values})
		}
		products[p.ID] = want
	}
	shown := map[string][]string{}
	media := map[string]importer.MediaItem{}
	for _, m := range truth.Media {
		products[m.ProductID].Media.Count++
		item := importer.MediaItem{ID: m.ID, ProductID: m.ProductID, Type: strings.ToLower(m.Type),
			Status: strings.ToLower(m.Status), URL: m.URL, Alt: m.Alt, Order: int64(m.Position + 1)}
		item.MIMEType = got.media[m.ProductID+" "+m.ID].MIMEType // the truth does not tell
		media[m.ProductID+" "+m.ID] = item
		for _, variant := range m.VariantIDs {
			shown[variant] = append(shown[variant], m.ID)
		}
	}
	variants := map[string]importer.Variant{}
	for _, v := range truth.Variants {
		products[v.ProductID].Variants.Count++
		want := importer.Variant{
			ID: v.ID, ProductID: v.ProductID, InventoryItemID: v.InventoryItemID, Title: v.Title, SKU: v.SKU, Barcode: v.Barcode,
			Price: v.Price, CompareAtPrice: v.CompareAtPrice, Currency: "EUR",
			Position: int64(v.Position), Tracked: v.Tracked, RequiresShipping: v.RequiresShipping,
			Weight: new(strconv.FormatFloat(v.Weight, 'f', -1, 64)), WeightUnit: new(strings.ToLower(v.WeightUnit)),
		}
		for _, option := range v.Options {
			want.Options = append(want.Options, importer.Choice(option))
		}
		if *want.Weight == "0" {
			want.Weight = got.variants[v.ID].Weight // 0 and 0.0 are the same
		}
		variants[v.ID] = want
	}
	same(t, got.products, products)
	same(t, placed(got.media), media)
	same(t, got.variants, variants)
	for _, links := range []map[string][]string{got.shown, shown} {
		for variant := range links {
			slices.Sort(links[variant])
		}
	}
	same(t, got.shown, shown)
	compareCategories(t, got, truth)
	compareStock(t, got, truth)
}

// placed returns media with positions counted from their order.
func placed(media map[string]importer.MediaItem) map[string]importer.MediaItem {
	counted := map[string]importer.MediaItem{}
	for key, item := range media {
		place := int64(1)
		for _, other := range media {
			if other.ProductID == item.ProductID && other.Order < item.Order {
				place++
			}
		}
		item.Order = place
		counted[key] = item
	}
	return counted
}

func compareCategories(t *testing.T, got *recorder, truth sandboxtest.Truth) {
	categories := map[string]importer.Category{}
	for _, c := range truth.Collections {
		kind := "manual"
		if c.Smart {
			kind = "smart"
		}
		categories[c.ID] = importer.Category{
			ID: c.ID, Title: c.Title, Slug: c.Handle, DescriptionHTML: c.DescriptionHTML, Kind: kind,
			SortOrder: strings.ToLower(c.SortOrder), Members: &importer.AnnouncedCount{Exact: true},
		}
	}
	memberships := map[string]importer.Membership{}
	for _, m := range truth.Memberships {
		categories[m.CollectionID].Members.Count++
		want := importer.Membership{CategoryID: m.CollectionID, ProductID: m.ProductID}
		if categories[m.CollectionID].SortOrder == "manual" {
			want.Position = new(int64(m.Position + 1))
		}
		memberships[m.CollectionID+" "+m.ProductID] = want
	}
	same(t, got.categories, categories)
	same(t, got.memberships, memberships)
}

func compareStock(t *testing.T, got *recorder, truth sandboxtest.Truth) {
	warehouses := map[string]importer.Warehouse{}
	for _, l := range truth.Locations {
		warehouses[l.ID] = importer.Warehouse{ID: l.ID, Name: l.Name, Active: l.Active, Address: got.warehouses[l.ID].Address}
		if city := got.warehouses[l.ID].Address.City; (city == nil) != (l.Address.City == nil) || city != nil && *city != *l.Address.City {
			t.Errorf("%s stands in %v", l.ID, city)
		}
	}
	levels := map[string]importer.Level{}
	for _, l := range truth.Levels {
		quantity := func(name string) importer.Quantity {
			units, known := l.Quantities[name]
			return importer.Quantity{Units: int64(units), Known: known}
		}
		levels[l.InventoryItemID+" "+l.LocationID] = importer.Level{
			InventoryItemID: l.InventoryItemID, WarehouseID: l.LocationID, Active: l.Active,
			Available: quantity("available"), OnHand: quantity("on_hand"), Committed: quantity("committed"), Incoming: quantity("incoming"),
		}
	}
	same(t, got.warehouses, warehouses)
	same(t, got.levels, levels)
}

// TestEveryFaultOnceChangesNothing lets each question fail once, in one way.
func TestEveryFaultOnceChangesNothing(t *testing.T) {
	for name, fault := range map[string]http.HandlerFunc{
		"cut": faults.Cut(false), "reset": faults.Cut(true), "chunks": faults.ChunkedCut,
		"500": faults.Status(500, "<html>"), "429": faults.Status(429, ""),
		"page": faults.Reply("<html>"), "throttled": faults.Reply(faults.Problem("THROTTLED", "Throttled")),
		"partial": faults.Reply(`{"data":{"products":{"nodes":[],"pageInfo":{"hasNextPage":false}}},"errors":[{"message":"x","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`),
	} {
		t.Run(name, func(t *testing.T) {
			shop := sandboxtest.Generate(60)
			intake, err := readSandbox(t, shop, failingOnce(fault))
			if err != nil {
				t.Fatal(err)
			}
			compareWithTruth(t, intake, shop.Truth())
		})
	}
}

func failingOnce(fault http.HandlerFunc) func(http.Handler) http.Handler {
	var asked sync.Map
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			question, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(question))
			if _, again := asked.LoadOrStore(string(question), true); again {
				next.ServeHTTP(w, r)
				return
			}
			fault(w, r)
		})
	}
}
