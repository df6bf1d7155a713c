package shopify

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/stranger"
)

// visit is a client of a shop of the second simulator.
type visit struct {
	shop   *stranger.Shop
	client *client.Client
}

func visitTo(t *testing.T, shop *stranger.Shop) visit {
	if shop.Folder == "" { // what was asked on an earlier visit may still be answered
		shop.Folder = t.TempDir()
	}
	server := httptest.NewServer(shop)
	t.Cleanup(server.Close)
	site, err := site.New(server.URL, site.Way{})
	if err != nil {
		t.Fatal(err)
	}
	client := client.New(site, stranger.Domain, "2026-10", &answers.Tokens{Current: answers.Token},
		client.Pauses{Sleep: func(ctx context.Context, _ time.Duration) error { return connector.Sleep(ctx, time.Millisecond) }})
	return visit{shop, client}
}

func (v visit) read(t *testing.T, reader importer.Reader) (*recorder, error) {
	source := NewSource(v.client, Options{Reader: reader, BulkPatience: 50 * time.Millisecond})
	source.quicker = func(forecast, client.Points) importer.Reader { return importer.ReaderAuto }
	intake := newRecorder(t)
	_, err := source.Read(t.Context(), connector.Resources(), intake)
	return intake, err
}

// whole reads and compares every record with what the shop holds.
func (v visit) whole(t *testing.T, reader importer.Reader) *recorder {
	t.Helper()
	intake, err := v.read(t, reader)
	if err != nil {
		t.Fatal(err)
	}
	same(t, truthOf(intake), truthOf(told(t, v.shop)))
	return intake
}

// truth is what was recorded, media in their places.
type truth struct {
	Products    map[string]importer.Product
	Variants    map[string]importer.Variant
	Media       map[string]importer.MediaItem
	Categories  map[string]importer.Category
	Memberships map[string]importer.Membership
	Warehouses  map[string]importer.Warehouse
	Levels      map[string]importer.Level
	Shown       map[string][]string
}

func truthOf(r *recorder) truth {
	for _, media := range r.shown {
		slices.Sort(media)
	}
	return truth{r.products, r.variants, placed(r.media), r.categories, r.memberships, r.warehouses, r.levels, r.shown}
}

// told returns what the shop holds, without asking its API.
func told(t *testing.T, shop *stranger.Shop) *recorder {
	r := newRecorder(t)
	variant := 0
	for i := range shop.Products {
		product := shop.Product(i)
		tellProduct(r, product)
		for j := range shop.Media(i) {
			r.PutMedia(toldMedium(shop.Medium(i, j), id(product), j))
		}
		for range shop.Variants(i) {
			tellVariant(r, shop, variant)
			variant++
		}
	}
	for c := range shop.Collections() {
		tellCollection(r, shop, c)
	}
	for l := range stranger.Locations {
		location := shop.Location(l)
		r.PutWarehouse(importer.Warehouse{ID: id(location), Name: text(location["name"]), Active: location["isActive"].(bool),
			Address: importer.Address{City: new("Bern"), CountryCode: new("CH")}})
	}
	return r
}

func id(n stranger.Node) string { return n["id"].(string) }

func text(value any) string {
	s, _ := value.(string)
	return s
}

func optional(value any) *string {
	if value == nil {
		return nil
	}
	return new(value.(string))
}

func tellProduct(r *recorder, n stranger.Node) {
	p := importer.Product{
		ID: id(n), Title: text(n["title"]), Slug: text(n["handle"]), Status: strings.ToLower(text(n["status"])),
		Vendor: text(n["vendor"]), DescriptionHTML: text(n["descriptionHtml"]),
		SEOTitle: optional(n["seo"].(stranger.Node)["title"]), Variants: announcedBy(n["variantsCount"]),
		Media: announcedBy(n["mediaCount"]),
	}
	for _, tag := range n["tags"].([]any) {
		p.Tags = append(p.Tags, text(tag))
	}
	for _, o := range n["options"].([]any) {
		option := importer.Option{Name: text(o.(stranger.Node)["name"])}
		for _, value := range o.(stranger.Node)["optionValues"].([]any) {
			option.Values = append(option.Values, text(value.(stranger.Node)["name"]))
		}
		p.Options = append(p.Options, option)
	}
	r.PutProduct(p)
}

func announcedBy(count any) *importer.AnnouncedCount {
	return &importer.AnnouncedCount{Count: count.(stranger.Node)["count"].(int), Exact: true}
}

func toldMedium(n stranger.Node, product string, place int) importer.MediaItem {
	item := importer.MediaItem{ID: id(n), ProductID: product, Type: strings.ToLower(text(n["mediaContentType"])),
		Status: strings.ToLower(text(n["status"])),
		Alt:    optional(n["alt"]), Order: int64(place + 1), MIMEType: text(n["mimeType"])}
	if image, ok := n["image"].(stranger.Node); ok {
		item.URL = optional(image["url"])
	}
	if sources, ok := n["sources"].([]any); ok {
		best := sources[0].(stranger.Node)
		item.URL, item.MIMEType = optional(best["url"]), text(best["mimeType"])
	}
	return item
}

func tellVariant(r *recorder, shop *stranger.Shop, number int) {
	n := shop.Variant(number)
	item := n["inventoryItem"].(stranger.Node)
	weight := item["measurement"].(stranger.Node)["weight"].(stranger.Node)
	choice := n["selectedOptions"].([]any)[0].(stranger.Node)
	r.PutVariant(importer.Variant{
		ID: id(n), ProductID: id(n["product"].(stranger.Node)), InventoryItemID: id(item),
		Title: text(n["title"]), SKU: optional(n["sku"]), Barcode: optional(n["barcode"]),
		Price: text(n["price"]), CompareAtPrice: optional(n["compareAtPrice"]), Currency: "EUR",
		Options:  []importer.Choice{{Name: text(choice["name"]), Value: text(choice["value"])}},
		Position: int64(n["position"].(int)), Tracked: item["tracked"].(bool),
		RequiresShipping: true, Weight: new(fmt.Sprint(weight["value"])), WeightUnit: new("kilograms"),
	})
	for _, medium := range shop.Shown(number) {
		r.PutVariantMedia(importer.VariantMedia{VariantID: id(n), MediaID: id(medium)})
	}
	for _, l := range shop.Levels(number) {
		units := map[string]importer.Quantity{}
		for _, q := range l["quantities"].([]any) {
			units[text(q.(stranger.Node)["name"])] = importer.Units(int64(q.(stranger.Node)["quantity"].(int)))
		}
		r.PutLevel(importer.Level{InventoryItemID: id(item), WarehouseID: id(l["location"].(stranger.Node)), Active: l["isActive"].(bool),
			Available: units["available"], OnHand: units["on_hand"], Committed: units["committed"], Incoming: units["incoming"]})
	}
}

func tellCollection(r *recorder, shop *stranger.Shop, number int) {
	n := shop.Collection(number)
	category := importer.Category{ID: id(n), Title: text(n["title"]), Slug: text(n["handle"]),
		Kind: "manual", SortOrder: strings.ToLower(text(n["sortOrder"])), Members: announcedBy(n["productsCount"])}
	if number%2 == 1 {
		category.Kind = "smart"
	}
	r.PutCategory(category)
	for i, product := range shop.Members(number) {
		member := importer.Membership{CategoryID: id(n), ProductID: id(shop.Product(product))}
		if shop.Manual(number) {
			member.Position = new(int64(i + 1))
		}
		r.PutMembership(member)
	}
}

var orders = []stranger.Order{stranger.Depth, stranger.Grouped, stranger.Scattered, stranger.Reversed, stranger.Shuffled}

func TestStrangerIsReadAsItIs(t *testing.T) {
	for _, products := range []int{0, 3, 27} {
		t.Run(fmt.Sprint(products, " by pages"), func(t *testing.T) {
			visitTo(t,
				&stranger.Shop{Products: products}).whole(t, importer.ReaderPaged)
		})
	}
	var shops []*stranger.Shop
	for _, order := range orders {
		for products, habits := range map[int]stranger.Habits{
			0: {}, 3: {Ranges: true}, 11: {Gzip: true}, 27: {Gzip: true, Ranges: true, CRLF: true}, 28: {CRLF: true}, 29: {Plain: true},
		} {
			habits.Order = order
			shops = append(shops, &stranger.Shop{Products: products, Habits: habits})
		}
	}
	for _, shop := range campaign.Some(t, "shops", shops, 8, len(shops)) {
		t.Run(fmt.Sprintf("%s %d", shop.Habits.Order, shop.Products), func(t *testing.T) {
			visitTo(t, shop).whole(t, importer.ReaderBulk)
		})
	}
}

// lists are the roots of bulk operations, and their names in sentences.
var lists = map[string]string{
	stranger.Products: "of products", stranger.Variants: "of variants", stranger.VariantMedia: "of the media of variants",
	stranger.Inventory: "of stock", stranger.Members: "of the members of collections",
}

// losing leaves one line out: the first, the middle one or the last.
func losing(which int) func([][]byte) [][]byte {
	return func(lines [][]byte) [][]byte {
		lost := which * (len(lines) - 1) / 2
		return slices.Delete(lines, lost, lost+1)
	}
}

// doubling puts the first line in place of another one.
func doubling(lines [][]byte) [][]byte {
	lines[len(lines)/2] = lines[0]
	return lines
}

// hazard D8
func TestStrangerLiesAboutOneLine(t *testing.T) {
	lies := map[string]func([][]byte) [][]byte{"first lost": losing(0), "middle lost": losing(1),
		"last lost": losing(2), "doubled": doubling}
	var told [][2]string
	for _, kind := range slices.Sorted(maps.Keys(lists)) {
		for _, lie := range slices.Sorted(maps.Keys(lies)) {
			told = append(told, [2]string{kind, lie})
		}
	}
	for _, one := range campaign.Some(t, "lies", told, 7, len(told)) { // each kind and each lie at least once
		kind, lie := one[0], one[1]
		t.Run(kind+" "+lie, func(t *testing.T) {
			shop := func(times int) *stranger.Shop {
				return &stranger.Shop{Products: 9,
					Habits: stranger.Habits{Lies: map[string]stranger.Lie{kind: {Lines: lies[lie], Times: times}}}}
			}
			_, err := visitTo(t, shop(0)).read(t, importer.ReaderBulk)
			faultIn(t, err, connector.IncompleteRead, lists[kind])
			once := visitTo(t, shop(1)).whole(t, importer.ReaderBulk)
			if len(once.remarks) > 0 {
				t.Error(once.remarks)
			}
			always := visitTo(t, shop(0)).whole(t, importer.ReaderAuto)
			if len(always.remarks) != 1 || always.remarks[0].Code != importer.WarnReaderFallback {
				t.Error(always.remarks)
			}
		})
	}
}

// A part that is lost together with its count shows only when parts are counted; here records are.
//
// hazard D8
func TestStrangerLosesARecordAndDoesNotCountIt(t *testing.T) {
	for kind, named := range lists {
		lie := stranger.Lie{Tells: true, Lines: func(lines [][]byte) [][]byte { return lines[1:] }} // a record, in this order
		shop := func() *stranger.Shop {
			return &stranger.Shop{Products: 25, Habits: stranger.Habits{Order: stranger.Depth, Lies: map[string]stranger.Lie{kind: lie}}}
		}
		_, err := visitTo(t, shop()).read(t, importer.ReaderBulk)
		faultIn(t, err, connector.IncompleteRead, named+` has \d+ records, but the shop counts \d+`)
		visitTo(t, shop()).whole(t, importer.ReaderAuto)
	}
}

// hazard D8
func TestStrangerLeavesARecordOutOfPages(t *testing.T) {
	for root, words := range map[string]string{
		"products": "of products hold 24", "productVariants": "of variants hold 117",
		"inventoryItems": "of stock hold 117", "collections": "of categories hold 1", "locations": "of warehouses hold 2",
	} {
		lacking := func(passes int) *stranger.Shop {
			shop := &stranger.Shop{Products: 25}
			shop.Lacks = func(from string, number int) bool {
				return from == root && number < 2 && (passes == 0 || shop.Asked(root) <= passes) && (number == 1 || root == "locations")
			}
			return shop
		}
		_, err := visitTo(t, lacking(0)).read(t, importer.ReaderPaged)
		faultIn(t, err, connector.IncompleteRead, words)
		if once := visitTo(t, lacking(1)).whole(t, importer.ReaderPaged); len(once.remarks) != 1 ||
			once.remarks[0].Code != importer.WarnChangedWhileReading {
			t.Error(root, once.remarks)
		}
	}
}

// hazard D16 hazard N12
func TestStrangersOperationsEndBadly(t *testing.T) {
	for kind := range lists {
		for end, words := range map[string]string{"FAILED TIMEOUT": "too long", "CANCELED": "cancelled",
			"RUNNING": "no progress", "EXPIRED": "no longer there", "RESTING": "ended as RESTING"} {
			shop := &stranger.Shop{Products: 3, Habits: stranger.Habits{Ends: map[string]string{kind: end}}}
			_, err := visitTo(t, shop).read(t, importer.ReaderBulk)
			faultIn(t, err, connector.ProviderFault, words+".*leave out --reader bulk")
			if other := visitTo(t, shop).whole(t, importer.ReaderAuto); len(other.remarks) != 1 ||
				other.remarks[0].Code != importer.WarnReaderFallback {
				t.Error(kind, end, other.remarks)
			}
		}
	}
}

// hazard N13
func TestStrangerRefusesInAnyWords(t *testing.T) {
	refused := func(rest string) string { return `{"data":{"bulkOperationRunQuery":` + rest + `}}` }
	for _, c := range []struct {
		status int
		body   string
	}{
		{200, refused(`null`)}, {200, refused(`{"bulkOperation":null,"userErrors":[]}`)}, {200, `{"data":null}`},
		{200, refused(`{"bulkOperation":null,"userErrors":[{"field":["query"],"message":"Nein, das geht nicht","code":null}]}`)},
		{200, refused(`{"bulkOperation":null,"userErrors":[{"message":"Bulk queries are off"}]}`)},
		{200, `{"errors":"Not today"}`}, {200, `{"errors":{"base":["no"]}}`}, {200, `{"errors":[{}]}`},
		{200, `{"errors":[{"message":"Access denied for bulkOperationRunQuery field.","extensions":{"code":"ACCESS_DENIED"},"path":["bulkOperationRunQuery"]}],"data":{"bulkOperationRunQuery":null}}`},
		{200, `{"errors":[{"message":"x","extensions":{"code":"MAX_COST_EXCEEDED"}}]}`},
		{200, `{"errors":[{"message":"boom","extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}`},
		{400, `{"errors":"Bad Request"}`}, {403, `{"errors":"[API] App is not approved"}`},
		{403, "<html>"}, {406, ""}, {422, `{"errors":"?"}`}, {500, "<html>"}, {501, ""}, {503, ""},
	} {
		shop := &stranger.Shop{Products: 3, Habits: stranger.Habits{Starts: func(w http.ResponseWriter) bool {
			w.WriteHeader(c.status)
			_, _ = io.WriteString(w, c.body)
			return true
		}}}
		if _, err := visitTo(t, shop).read(t, importer.ReaderBulk); err == nil {
			t.Error(c.body, "was no refusal")
		}
		if told := visitTo(t, shop).whole(t, importer.ReaderAuto).remarks; len(told) == 0 || told[0].Code != importer.WarnReaderFallback {
			t.Error(c.status, c.body, told)
		}
	}
}

// hazard N1
func TestStrangersTransfersBreakOff(t *testing.T) {
	var tags atomic.Int64
	for name, habits := range map[string]stranger.Habits{
		"continued":         {Ranges: true, Breaks: 3000},
		"continued, packed": {Ranges: true, Gzip: true, Breaks: 1000},
		"begun again":       {Breaks: 5000, Broken: 3},
		"another version meanwhile": {Ranges: true, Breaks: 5000, Broken: 3,
			Tag: func() string { return fmt.Sprintf(`"%d"`, tags.Add(1)) }},
	} {
		t.Run(name, func(t *testing.T) {
			if told := visitTo(t, &stranger.Shop{Products: 25, Habits: habits}).whole(t, importer.ReaderBulk).remarks; len(told) > 0 {
				t.Error(told)
			}
		})
	}
	endless := &stranger.Shop{Products: 25, Habits: stranger.Habits{Breaks: 3000}}
	_, err := visitTo(t, endless).read(t, importer.ReaderBulk)
	faultIn(t, err, connector.Network, "broke off after line.*leave out --reader bulk")
	if told := visitTo(t, endless).whole(t, importer.ReaderAuto).remarks; len(told) == 0 || told[0].Code != importer.WarnReaderFallback {
		t.Error(told)
	}
}

// Records that only a bad result held are forgotten when a good one is read.
//
// hazard D8
func TestNothingIsLeftOfABadResult(t *testing.T) {
	ghost := func(lines [][]byte) [][]byte {
		var ghosts [][]byte
		for _, line := range lines {
			ghosts = append(ghosts, regexp.MustCompile(`"gid:[\\/]+shopify[\\/]+(MediaImage|Video|ProductVariant|Product|Location)[\\/]+\d`).ReplaceAll(line, []byte(`${0}7`)))
		}
		return append(ghosts, []byte("{"))
	}
	for kind := range lists {
		shop := &stranger.Shop{Products: 9, Habits: stranger.Habits{Order: stranger.Depth,
			Lies: map[string]stranger.Lie{kind: {Lines: ghost, Times: 1}}}}
		visit := visitTo(t, shop)
		visit.whole(t, importer.ReaderBulk)
		if n := shop.Asked("bulk " + kind); n != 2 {
			t.Errorf("%d operations %s", n, kind)
		}
		shop.Lies[kind] = stranger.Lie{Lines: ghost}
		visit.whole(t, importer.ReaderAuto)
	}
}

// Lists are halved by ids if the shop finds ids.
func TestStrangersListsAreReadInSpans(t *testing.T) {
	for _, deaf := range []bool{false, true} {
		shop := &stranger.Shop{Products: 200, Habits: stranger.Habits{Deaf: deaf}}
		shop.Before = func(string) { time.Sleep(5 * time.Millisecond) }
		visitTo(t, shop).whole(t, importer.ReaderPaged)
		if n := shop.Asked("by id"); n == 0 {
			t.Error("no list was halved")
		}
	}
}
