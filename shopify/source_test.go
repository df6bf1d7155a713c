package shopify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// recorder is an intake that keeps everything.
type recorder struct {
	t           *testing.T
	mu          sync.Mutex
	products    map[string]importer.Product
	variants    map[string]importer.Variant
	media       map[string]importer.MediaItem
	categories  map[string]importer.Category
	memberships map[string]importer.Membership
	warehouses  map[string]importer.Warehouse
	levels      map[string]importer.Level
	shown       map[string][]string // media by the variant that shows them
	nameless    []importer.NamelessRecord
	restarted   []string
	replaced    []importer.ParentRef
	remarks     []importer.Remark
	progress    map[string][2]int
	given       map[string]string // what was given for the snapshot before
}

func newRecorder(t *testing.T) *recorder {
	r := &recorder{t: t, progress: map[string][2]int{}}
	for _, table := range append(importer.Tables(), importer.MediaLinks) {
		r.forget(table)
	}
	return r
}

func (r *recorder) PutProduct(p importer.Product) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	p.Tags, p.Options = append([]string{}, p.Tags...), slices.Clone(p.Options) // the memory may be used again
	for i, option := range p.Options {
		p.Options[i].Values = append([]string{}, option.Values...)
	}
	p.SEOTitle, p.SEODescription, p.Variants, p.Media = kept(p.SEOTitle), kept(p.SEODescription), kept(p.Variants), kept(p.Media)
	r.products[p.ID] = p
	return nil
}

func kept[T any](value *T) *T {
	if value == nil {
		return nil
	}
	return new(*value)
}

func (r *recorder) PutVariant(v importer.Variant) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	v.Options = slices.Clone(v.Options)
	v.SKU, v.Barcode, v.CompareAtPrice, v.Weight, v.WeightUnit = kept(v.SKU), kept(v.Barcode),
		kept(v.CompareAtPrice), kept(v.Weight), kept(v.WeightUnit)
	r.variants[v.ID] = v
	return nil
}

func (r *recorder) PutNameless(n importer.NamelessRecord) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nameless = append(r.nameless, n)
	return nil
}

func (r *recorder) PutVariantMedia(l importer.VariantMedia) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.Contains(r.shown[l.VariantID], l.MediaID) {
		r.shown[l.VariantID] = append(r.shown[l.VariantID], l.MediaID)
	}
	return nil
}

func (r *recorder) PutMedia(m importer.MediaItem) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	m.URL, m.Alt = kept(m.URL), kept(m.Alt)
	r.media[m.ProductID+" "+m.ID] = m
	return nil
}

func (r *recorder) PutCategory(c importer.Category) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	c.Members = kept(c.Members)
	r.categories[c.ID] = c
	return nil
}

func (r *recorder) PutMembership(m importer.Membership) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.memberships[m.CategoryID+" "+m.ProductID] = m
	return nil
}

func (r *recorder) PutWarehouse(w importer.Warehouse) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.warehouses[w.ID] = w
	return nil
}

func (r *recorder) PutRecord(*importer.Table, importer.Record) error { return nil }

func (r *recorder) PutLevel(l importer.Level) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.levels[l.InventoryItemID+" "+l.WarehouseID] = l
	return nil
}

func (r *recorder) GivenBefore() map[string]string { return r.given }

func (r *recorder) NewSorter() importer.Sorter { return answers.NewSorter() }

func (r *recorder) LackingRecords(table *importer.Table) (lacking []importer.NamedRecord) {
	r.mu.Lock()
	defer r.mu.Unlock()
	asked := map[string]bool{}
	for _, level := range r.levels {
		id := level.WarehouseID
		if _, given := r.warehouses[id]; table == importer.Warehouses && !given && !asked[id] {
			asked[id] = true
			lacking = append(lacking, importer.NamedRecord{ID: id, By: importer.JoinKey(level.InventoryItemID, id)})
		}
	}
	return lacking
}

func (r *recorder) RestartTable(table *importer.Table) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.restarted = append(r.restarted, table.Name)
	r.forget(table)
	return nil
}

func (r *recorder) forget(table *importer.Table) {
	switch table {
	case importer.Products:
		r.products = map[string]importer.Product{}
	case importer.Variants:
		r.variants = map[string]importer.Variant{}
	case importer.MediaLinks:
		r.shown = map[string][]string{}
	case importer.Media:
		r.media = map[string]importer.MediaItem{}
	case importer.Categories:
		r.categories = map[string]importer.Category{}
	case importer.Memberships:
		r.memberships = map[string]importer.Membership{}
	case importer.Warehouses:
		r.warehouses = map[string]importer.Warehouse{}
	case importer.Stock:
		r.levels = map[string]importer.Level{}
	}
}

func (r *recorder) ReplaceParent(parent importer.ParentRef) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replaced = append(r.replaced, parent)
	return nil
}

func (r *recorder) AddRemark(remark importer.Remark) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.remarks = append(r.remarks, remark)
}

func (r *recorder) ReportProgress(table *importer.Table, _ importer.Phase, read, total int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.progress[table.Name] = [2]int{read, total}
}

const lastPage = `"pageInfo":{"hasNextPage":false,"endCursor":null}`

// list returns the only page of a connection.
func list(nodes ...string) string {
	return `{"nodes":[` + strings.Join(nodes, ",") + `],` + lastPage + `}`
}

// moreToCome returns the first of several pages of a nested connection.
func moreToCome(nodes ...string) string {
	return `{"nodes":[` + strings.Join(nodes, ",") + `],"pageInfo":{"hasNextPage":true,"endCursor":"n"}}`
}

func counted(n int) string {
	return fmt.Sprintf(`{"count":{"count":%d,"precision":"EXACT"}}`, n)
}

const (
	image1 = `{"__typename":"MediaImage","id":"gid://shopify/MediaImage/1","alt":null,"mediaContentType":"IMAGE","status":"READY","mimeType":"image/png","image":{"url":"https://cdn/1.png"}}`
	image2 = `{"__typename":"MediaImage","id":"gid://shopify/MediaImage/2","alt":"b","mediaContentType":"IMAGE","status":"PROCESSING","mimeType":null,"image":null}`
	video3 = `{"__typename":"Video","id":"gid://shopify/Video/3","alt":"","mediaContentType":"VIDEO","status":"READY","videoSources":[{"url":"https://cdn/3.mp4","mimeType":"video/mp4"},{"url":"https://cdn/3-small.mp4","mimeType":"video/mp4"}]}`
	tube4  = `{"__typename":"ExternalVideo","id":"gid://shopify/ExternalVideo/4","mediaContentType":"EXTERNAL_VIDEO","status":"READY","originUrl":"https://tube/4"}`
	model5 = `{"__typename":"Model3d","id":"gid://shopify/Model3d/5","mediaContentType":"MODEL_3D","status":"READY","modelSources":[{"url":"https://cdn/5.glb","mimeType":"model/gltf-binary"}]}`
	new6   = `{"__typename":"Hologram","id":"gid://shopify/Hologram/6","mediaContentType":"HOLOGRAM","status":"DREAMING"}`
)

func productJSON(media string) string {
	return `{"id":"gid://shopify/Product/1","handle":"tea","title":"T\u001b[0m","descriptionHtml":"<p>","vendor":"V","productType":"P","status":"ARCHIVED",
		"tags":["b","a"],"seo":{"title":null,"description":"d"},"variantsCount":{"count":1,"precision":"EXACT"},"mediaCount":{"count":6,"precision":"AT_LEAST"},
		"options":[{"name":"Second","position":2,"optionValues":[{"name":"x"}]},{"name":"First","position":1,"optionValues":[{"name":"b"},{"name":"a"}]}],
		"media":` + media + `}`
}

func variantJSON(media string) string {
	return `{"id":"gid://shopify/ProductVariant/1","title":"b","position":1,"sku":"","barcode":null,"price":"1.50","compareAtPrice":"0.00",
		"product":{"id":"gid://shopify/Product/1"},"selectedOptions":[{"name":"First","value":"b"}],"media":` + media + `,
		"inventoryItem":{"id":"gid://shopify/InventoryItem/1","tracked":false,"requiresShipping":true,"measurement":{"weight":{"value":1.5e-05,"unit":"KILOGRAMS"}}}}`
}

const (
	level1 = `{"isActive":true,"location":{"id":"gid://shopify/Location/1"},"quantities":[{"name":"available","quantity":-3},{"name":"on_hand","quantity":0}]}`
	level2 = `{"isActive":false,"location":{"id":"gid://shopify/Location/2"},"quantities":[{"name":"committed","quantity":1},{"name":"incoming","quantity":2},{"name":"reserved","quantity":9}]}`
)

// oneOfEach is a shop with one record of each kind, whose nested lists do not fit into a page.
func oneOfEach() map[string]string {
	return map[string]string{
		"EshopShop":          `{"shop":{"id":"gid://shopify/Shop/1","name":"A","myshopifyDomain":"a.myshopify.com","currencyCode":"EUR"},"currentAppInstallation":{"accessScopes":[{"handle":"read_products"}]}}`,
		"EshopProductsCount": counted(1), "EshopVariantsCount": counted(1),
		"EshopCollectionsCount": counted(2), "EshopLocationsCount": counted(1),
		"EshopLocations": `{"locations":` + list(`{"id":"gid://shopify/Location/1","name":"Main","isActive":true,"address":{"city":"Bern","zip":null}}`,
			`{"id":"gid://shopify/Location/2","name":"Old","isActive":false,"address":{}}`) + `}`,
		"EshopProducts": `{"products":` + list(productJSON(moreToCome(image1))) + `}`,
		"EshopProduct":  `{"product":` + productJSON("null") + `}`,
		"EshopProductMedia": `{"product":{"id":"gid://shopify/Product/1","media":` + list(image1,
			image2, video3, tube4, model5, new6) + `}}`,
		"EshopVariants":        `{"productVariants":` + list(variantJSON(moreToCome(`{"id":"gid://shopify/MediaImage/1"}`))) + `}`,
		"EshopProductVariants": `{"product":{"id":"gid://shopify/Product/1","variants":` + list(variantJSON(list(`{"id":"gid://shopify/MediaImage/1"}`, `{"id":"gid://shopify/MediaImage/2"}`))) + `}}`,
		"EshopInventory":       `{"inventoryItems":` + list(`{"id":"gid://shopify/InventoryItem/1","sku":"S","inventoryLevels":`+moreToCome(level1)+`}`) + `}`,
		"EshopItemLevels":      `{"inventoryItem":{"id":"gid://shopify/InventoryItem/1","inventoryLevels":` + list(level1, level2) + `}}`,
		"EshopCollections": `{"collections":` + list(
			`{"id":"gid://shopify/Collection/1","handle":"all","title":"All","descriptionHtml":"","sortOrder":"BEST_SELLING","productsCount":null,"sources":[{"__typename":"CollectionConditionsSource","id":"1","inclusion":{"conditions":[{"id":"1"}]}}]}`,
			`{"id":"gid://shopify/Collection/2","handle":"new","title":"New","descriptionHtml":"","sortOrder":"MANUAL","productsCount":{"count":1,"precision":"EXACT"},"sources":[{"__typename":"CollectionConditionsSource","id":"1","inclusion":{"conditions":[]}}]}`) + `}`,
		"EshopCollection": `{"collection":{"id":"gid://shopify/Collection/2","handle":"new","title":"New","descriptionHtml":"","sortOrder":"MANUAL","productsCount":{"count":1,"precision":"EXACT"},"sources":[]}}`,
		"EshopCollectionProducts gid://shopify/Collection/1": `{"collection":{"sortOrder":"BEST_SELLING","products":` + list(`{"id":"gid://shopify/Product/1"}`) + `}}`,
		"EshopCollectionProducts gid://shopify/Collection/2": `{"collection":{"sortOrder":"MANUAL","products":` + list(`{"id":"gid://shopify/Product/1"}`) + `}}`,
	}
}

// answering returns a client of a shop with these answers. It does not really wait.
func answering(t *testing.T, list ...http.HandlerFunc) *client.Client {
	shop := answers.Serve(t, list...)
	site, err := site.New(shop.URL, site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	return client.New(site, answers.Domain, "2026-10", &answers.Tokens{Current: answers.Token}, client.Pauses{Sleep: shop.Sleep})
}

// serving returns a source whose shop answers by the name of the operation, and by the id where data
// lists one.
func serving(t *testing.T, data map[string]string, versions ...string) *Source {
	shop := answering(t, func(w http.ResponseWriter, r *http.Request) {
		q := answers.QuestionIn(r)
		text, found := data[q.OperationName+" "+q.Variables.ID]
		if !found {
			text, found = data[q.OperationName]
		}
		if !found {
			t.Errorf("unexpected %s", q.OperationName)
		}
		for _, version := range versions {
			w.Header().Set("X-Shopify-API-Version", version)
		}
		io.WriteString(w, `{"data":`+text+`}`)
	})
	return NewSource(shop, Options{})
}

func TestSourceTranslatesEverything(t *testing.T) {
	intake := newRecorder(t)
	reader, err := serving(t, oneOfEach()).Read(context.Background(), connector.Resources(), intake)
	if err != nil || reader.Reader != importer.ReaderPaged {
		t.Fatal(reader, err)
	}
	product := importer.Product{
		ID: "gid://shopify/Product/1", Title: "T\x1b[0m", Slug: "tea", Status: "archived", Vendor: "V", Type: "P", DescriptionHTML: "<p>",
		Tags: []string{"b", "a"}, Options: []importer.Option{{Name: "First", Values: []string{"b", "a"}},
			{Name: "Second", Values: []string{"x"}}},
		SEODescription: new("d"), Variants: &importer.AnnouncedCount{Count: 1, Exact: true}, Media: &importer.AnnouncedCount{Count: 6},
	}
	same(t, intake.products, map[string]importer.Product{product.ID: product})
	same(t, intake.variants, map[string]importer.Variant{"gid://shopify/ProductVariant/1": {
		ID: "gid://shopify/ProductVariant/1", ProductID: product.ID, InventoryItemID: "gid://shopify/InventoryItem/1", Title: "b",
		SKU: new(""), Price: "1.50", CompareAtPrice: new("0.00"), Currency: "EUR", Options: []importer.Choice{{Name: "First", Value: "b"}},
		Position: 1, RequiresShipping: true, Weight: new("0.000015"), WeightUnit: new("kilograms"),
	}})
	same(t, intake.shown, map[string][]string{"gid://shopify/ProductVariant/1": {"gid://shopify/MediaImage/1",
		"gid://shopify/MediaImage/2"}})
	item := func(id string, position int64, kind, status, mime string, url, alt *string) importer.MediaItem {
		return importer.MediaItem{ID: id, ProductID: product.ID, Type: kind, Status: status,
			URL: url, Alt: alt, Order: position, MIMEType: mime}
	}
	same(t, values(intake.media), []importer.MediaItem{
		item("gid://shopify/MediaImage/1", 1, "image", "ready", "image/png", new("https://cdn/1.png"), nil),
		item("gid://shopify/MediaImage/2", 2, "image", "processing", "", nil, new("b")),
		item("gid://shopify/Video/3", 3, "video", "ready", "video/mp4", new("https://cdn/3.mp4"), new("")),
		item("gid://shopify/ExternalVideo/4", 4, "external_video", "ready", "", new("https://tube/4"), nil),
		item("gid://shopify/Model3d/5", 5, "model_3d", "ready", "model/gltf-binary", new("https://cdn/5.glb"), nil),
		item("gid://shopify/Hologram/6", 6, "hologram", "dreaming", "", nil, nil),
	})
	same(t, intake.categories, map[string]importer.Category{
		"gid://shopify/Collection/1": {ID: "gid://shopify/Collection/1", Title: "All",
			Slug: "all", Kind: "smart", SortOrder: "best_selling"},
		"gid://shopify/Collection/2": {ID: "gid://shopify/Collection/2", Title: "New", Slug: "new",
			Kind: "manual", SortOrder: "manual", Members: &importer.AnnouncedCount{Count: 1, Exact: true}},
	})
	same(t, intake.memberships, map[string]importer.Membership{
		"gid://shopify/Collection/1 gid://shopify/Product/1": {CategoryID: "gid://shopify/Collection/1", ProductID: product.ID},
		"gid://shopify/Collection/2 gid://shopify/Product/1": {CategoryID: "gid://shopify/Collection/2",
			ProductID: product.ID, Position: new(int64(1))},
	})
	same(t, intake.warehouses, map[string]importer.Warehouse{
		"gid://shopify/Location/1": {ID: "gid://shopify/Location/1", Name: "Main",
			Active: true, Address: importer.Address{City: new("Bern")}},
		"gid://shopify/Location/2": {ID: "gid://shopify/Location/2", Name: "Old"},
	})
	same(t, intake.levels, map[string]importer.Level{
		"gid://shopify/InventoryItem/1 gid://shopify/Location/1": {InventoryItemID: "gid://shopify/InventoryItem/1",
			WarehouseID: "gid://shopify/Location/1", Active: true, Available: importer.Units(-3), OnHand: importer.Units(0)},
		"gid://shopify/InventoryItem/1 gid://shopify/Location/2": {InventoryItemID: "gid://shopify/InventoryItem/1",
			WarehouseID: "gid://shopify/Location/2", Committed: importer.Units(1), Incoming: importer.Units(2)},
	})
	if len(intake.remarks)+len(intake.restarted) != 0 || intake.progress["products"] != [2]int{1, 1} {
		t.Errorf("remarks %v, restarted %v, progress %v", intake.remarks, intake.restarted, intake.progress)
	}
}

func values(media map[string]importer.MediaItem) []importer.MediaItem {
	var items []importer.MediaItem
	for _, item := range media {
		items = append(items, item)
	}
	slices.SortFunc(items, func(a, b importer.MediaItem) int { return int(a.Order - b.Order) })
	return items
}

func same[T any](t *testing.T, got, want T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%T differs (- wanted, + got):\n%s", got, diff)
	}
}

func TestSourceReadsWhatIsAsked(t *testing.T) {
	for _, c := range []struct {
		resource connector.Resource
		brings   string
	}{
		{connector.Products, "1 1 6 0 0 0 0"}, {connector.Categories, "0 0 0 2 2 0 0"},
		{connector.Warehouses, "0 0 0 0 0 2 0"}, {connector.Stock, "0 1 0 0 0 2 2"},
	} {
		r := newRecorder(t)
		if _, err := serving(t, oneOfEach()).Read(context.Background(), []connector.Resource{c.resource}, r); err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(len(r.products), len(r.variants), len(r.media), len(r.categories),
			len(r.memberships), len(r.warehouses), len(r.levels)); got != c.brings {
			t.Errorf("%s brings %s, want %s", c.resource, got, c.brings)
		}
	}
}

func TestCountsThatDoNotAgree(t *testing.T) {
	for operation, c := range map[string]struct {
		resource  connector.Resource
		restarted string
	}{
		"EshopProductsCount":    {connector.Products, "[products media]"},
		"EshopVariantsCount":    {connector.Products, "[variants variant media]"},
		"EshopCollectionsCount": {connector.Categories, "[categories memberships]"},
		"EshopLocationsCount":   {connector.Warehouses, "[warehouses]"},
	} {
		data := oneOfEach()
		data[operation] = counted(7)
		r := newRecorder(t)
		_, err := serving(t, data).Read(context.Background(), []connector.Resource{c.resource}, r)
		var fault *connector.Fault
		if !errors.As(err, &fault) || fault.Code != connector.IncompleteRead || !strings.Contains(fault.Message, "7") {
			t.Errorf("%s: %v", operation, err)
		}
		if fmt.Sprint(r.restarted) != c.restarted || len(r.remarks) != 1 || r.remarks[0].Code != importer.WarnChangedWhileReading {
			t.Errorf("%s: restarted %v, remarks %v", operation, r.restarted, r.remarks)
		}
	}
}

func TestCountsThatNeedNotAgree(t *testing.T) {
	for operation, count := range map[string]string{
		"EshopProductsCount": `{"count":null}`, "EshopVariantsCount": `{"count":{"count":0,"precision":"AT_LEAST"}}`,
		"EshopLocationsCount": counted(0),
	} {
		data := oneOfEach()
		data[operation] = count
		r := newRecorder(t)
		if _, err := serving(t, data).Read(context.Background(), connector.Resources(), r); err != nil || len(r.remarks) > 0 {
			t.Errorf("%s: %v, %v", operation, err, r.remarks)
		}
	}
}

func TestDoubledRecordDoesNotHideALostOne(t *testing.T) {
	data := oneOfEach()
	data["EshopProducts"] = `{"products":` + list(productJSON(list()), productJSON(list())) + `}`
	data["EshopProductsCount"] = counted(2)
	var fault *connector.Fault
	if _, err := serving(t, data).Read(context.Background(), connector.Resources(), newRecorder(t)); !errors.As(err, &fault) ||
		fault.Code != connector.IncompleteRead {
		t.Errorf("got %v", err)
	}
}

func TestShopThatChangesOnceIsReadAgain(t *testing.T) {
	data := oneOfEach()
	var walks, counts atomic.Int32
	shop := answering(t, func(w http.ResponseWriter, r *http.Request) {
		q := answers.QuestionIn(r)
		text := data[strings.TrimSpace(q.OperationName+" "+q.Variables.ID)]
		if text == "" {
			text = data[q.OperationName]
		}
		if q.OperationName == "EshopProductsCount" && counts.Add(1) <= 2 {
			text = counted(2)
		}
		if q.OperationName == "EshopCollectionProducts" && walks.Add(1) == 1 {
			text = `{"collection":null}`
		}
		io.WriteString(w, `{"data":`+text+`}`)
	})
	r := newRecorder(t)
	if _, err := NewSource(shop, Options{Reader: importer.ReaderPaged}).Read(context.Background(), connector.Resources(), r); err != nil {
		t.Fatal(err)
	}
	slices.Sort(r.restarted)
	if fmt.Sprint(r.restarted) != "[categories media memberships products]" ||
		len(r.remarks) != 2 || len(r.products) != 1 || len(r.memberships) != 2 {
		t.Errorf("restarted %v, remarks %v", r.restarted, r.remarks)
	}
}

func TestRereadGivesARecordAgain(t *testing.T) {
	for _, parent := range []importer.ParentRef{
		{Part: importer.Variants, ID: "gid://shopify/Product/1"}, {Part: importer.Media, ID: "gid://shopify/Product/1"},
		{Part: importer.Memberships, ID: "gid://shopify/Collection/2"},
	} {
		r := newRecorder(t)
		if err := serving(t, oneOfEach()).RereadParent(context.Background(), parent, r); err != nil {
			t.Fatal(err)
		}
		if len(r.replaced) != 1 || r.replaced[0] != parent || len(r.products)+len(r.categories) != 1 {
			t.Errorf("%s: replaced %v, products %v, categories %v", parent.Part.Name, r.replaced, r.products, r.categories)
		}
		if parts := map[*importer.Table]int{importer.Variants: len(r.variants),
			importer.Media: len(r.media), importer.Memberships: len(r.memberships)}; parts[parent.Part] == 0 {
			t.Errorf("no %s came", parent.Part.Name)
		}
		gone := newRecorder(t)
		none := map[string]string{"EshopShop": oneOfEach()["EshopShop"],
			"EshopProduct": `{"product":null}`, "EshopCollection": `{"collection":null}`}
		if err := serving(t, none).RereadParent(context.Background(), parent, gone); err != nil ||
			len(gone.replaced) != 1 || len(gone.products)+len(gone.categories) != 0 {
			t.Errorf("%s gone: %v, %v", parent.Part.Name, err, gone.replaced)
		}
	}
}

// hazard N16
func TestSourceRemarksOnAnotherVersion(t *testing.T) {
	r := newRecorder(t)
	if _, err := serving(t, oneOfEach(), "2027-01").Read(context.Background(), connector.Resources(), r); err != nil {
		t.Fatal(err)
	}
	if len(r.remarks) != 1 || r.remarks[0].Code != importer.WarnAPIVersion {
		t.Errorf("remarks %v", r.remarks)
	}
}

func TestShopIsDescribed(t *testing.T) {
	shop, err := serving(t, oneOfEach()).Shop(context.Background())
	want := importer.Shop{AccountID: "gid://shopify/Shop/1", Domain: answers.Domain,
		Name: "A", Currency: "EUR", Scopes: []string{"read_products"}, APIVersion: "2026-10"}
	if err != nil {
		t.Fatal(err)
	}
	same(t, shop, want)
}
