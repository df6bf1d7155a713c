package shopify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// longShop is a shop of many empty records that charges as Shopify does.
type longShop struct {
	products     int
	latency      time.Duration
	bucket, rate float64
	id           func(int) int
	deaf         bool // ignores filters by id
	mute         bool // refuses them

	mu        sync.Mutex
	available float64
	asOf      time.Time
	spent     float64
	refused   int
}

var longPrices = map[string]float64{"EshopProducts": 178, "EshopVariants": 112,
	"EshopInventory": 156, "EshopCollections": 57, "EshopLocations": 24}

func (s *longShop) RoundTrip(r *http.Request) (*http.Response, error) {
	var q struct {
		OperationName string
		Variables     struct {
			First        int
			After, Query string
		}
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, err
	}
	price := 10.0
	if p := longPrices[q.OperationName]; p > 0 {
		price = p
	}
	time.Sleep(s.latency / 2)
	answer := s.charge(price, func() string { return s.data(q.OperationName, q.Variables.First, q.Variables.After, q.Variables.Query) })
	time.Sleep(s.latency / 2)
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(answer)), Request: r}, nil
}

func (s *longShop) charge(price float64, data func() string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	s.available = min(s.bucket, s.available+now.Sub(s.asOf).Seconds()*s.rate)
	s.asOf = now
	text, actual := `"errors":[{"message":"Throttled","extensions":{"code":"THROTTLED"}}]`, "null"
	if s.available >= price {
		s.available -= price
		s.spent += price
		text, actual = `"data":{`+data()+`}`, fmt.Sprint(price)
	} else {
		s.refused++
	}
	return fmt.Sprintf(`{%s,"extensions":{"cost":{"requestedQueryCost":%v,"actualQueryCost":%s,"throttleStatus":{"maximumAvailable":%v,"currentlyAvailable":%v,"restoreRate":%v}}}}`,
		text, price, actual, s.bucket, s.available, s.rate)
}

var idRange = regexp.MustCompile(`id:>=(\d+)`)

func (s *longShop) data(operation string, first int, after, query string) string {
	kinds := map[string]struct {
		list, node string
		n          int
	}{
		"EshopProducts": {"products", `{"id":"gid://shopify/Product/%d","handle":"","title":"","descriptionHtml":"","vendor":"","productType":"","status":"","tags":[],"seo":{},"options":[],"media":{"nodes":[],"pageInfo":{"hasNextPage":false}}}`, s.products},
		"EshopVariants": {"productVariants", `{"id":"gid://shopify/ProductVariant/%d","title":"","price":"1.00","position":1,"product":{"id":"gid://shopify/Product/1"},"selectedOptions":[],` +
			`"inventoryItem":{"id":"gid://shopify/InventoryItem/1","tracked":true,"requiresShipping":true,"measurement":{}},"media":{"nodes":[],"pageInfo":{"hasNextPage":false}}}`, 5 * s.products},
		"EshopInventory":   {"inventoryItems", `{"id":"gid://shopify/InventoryItem/%d","inventoryLevels":{"nodes":[{"isActive":true,"location":{"id":"gid://shopify/Location/` + strconv.Itoa(s.id(0)) + `"},"quantities":[]}],"pageInfo":{"hasNextPage":false}}}`, 5 * s.products},
		"EshopCollections": {"collections", `{"id":"gid://shopify/Collection/%d","handle":"","title":"","descriptionHtml":"","sortOrder":"MANUAL","sources":[]}`, 3},
		"EshopLocations":   {"locations", `{"id":"gid://shopify/Location/%d","name":"","isActive":true,"address":{}}`, 4},
	}
	switch operation {
	case "EshopShop":
		return `"shop":{"id":"gid://shopify/Shop/1","name":"A","myshopifyDomain":"a.myshopify.com","currencyCode":"EUR"},"currentAppInstallation":{"accessScopes":[]}`
	case "EshopProductsCount":
		return `"count":{"precision":"EXACT","count":` + strconv.Itoa(s.products) + `}`
	case "EshopVariantsCount":
		return `"count":{"precision":"EXACT","count":` + strconv.Itoa(5*s.products) + `}`
	case "EshopCollectionsCount":
		return `"count":{"precision":"EXACT","count":3}`
	case "EshopLocationsCount":
		return `"count":{"precision":"EXACT","count":4}`
	case "EshopCollectionProducts":
		return `"collection":{"products":{"nodes":[],"pageInfo":{"hasNextPage":false}}}`
	}
	k, known := kinds[operation]
	if !known {
		panic(operation)
	}
	from := 0
	if strings.Contains(query, "updated_at") {
		return `"` + k.list + `":{"nodes":[],"pageInfo":{"hasNextPage":false}}`
	}
	if bound := idRange.FindStringSubmatch(query); bound != nil && !s.deaf {
		if s.mute {
			return `"nothing":null},"errors":[{"message":"no such filter"}],"data":{"nothing":null`
		}
		least, _ := strconv.Atoi(bound[1])
		from = sort.Search(k.n, func(i int) bool { return s.id(i) >= least })
	}
	if after != "" {
		from, _ = strconv.Atoi(after)
	}
	var nodes bytes.Buffer
	to := min(from+first, k.n)
	for i := from; i < to; i++ {
		if i > from {
			nodes.WriteByte(',')
		}
		fmt.Fprintf(&nodes, k.node, s.id(i))
	}
	return fmt.Sprintf(`"%s":{"nodes":[%s],"pageInfo":{"hasNextPage":%t,"endCursor":"%d"}}`, k.list, nodes.String(), to < k.n, to)
}

// A large shop is read by pages as fast as its budget allows, no faster, and whole, with any kind of
// ids and whether it knows the filter or not.
func TestLongListsUseTheWholeBudget(t *testing.T) {
	even := func(i int) int { return 1000 + 37*i }
	shops := map[string]struct {
		shop *longShop
		used float64 // of the points, at least
	}{
		"standard": {&longShop{products: 2_000, rate: 100, latency: 300 * time.Millisecond, id: even}, 0.95},
		"plus":     {&longShop{products: 20_000, rate: 1000, latency: 500 * time.Millisecond, id: even}, 0.95},
		"plus, ids in heaps": {&longShop{products: 6_000, rate: 1000, latency: 500 * time.Millisecond,
			id: func(i int) int { return i + i/10_000*1_000_000_000_000 + 1 }}, 0.6},
		"plus, ids spread": {&longShop{products: 6_000, rate: 1000, latency: 500 * time.Millisecond,
			id: func(i int) int { return i*i*i + i + 1 }}, 0.6},
		"ignores filters": {&longShop{products: 3_000, rate: 1000, latency: 500 * time.Millisecond, id: even, deaf: true}, 0},
		"refuses filters": {&longShop{products: 3_000, rate: 1000, latency: 500 * time.Millisecond, id: even, mute: true}, 0},
		"not sorted": {&longShop{products: 3_000, rate: 1000, latency: 500 * time.Millisecond,
			id: func(i int) int { return i*7919%50_021 + 1 }}, 0},
	}
	for _, name := range campaign.Some(t, "shops", slices.Sorted(maps.Keys(shops)), 2, len(shops)) {
		c := shops[name]
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop := c.shop
				shop.bucket = 2000
				shop.available, shop.asOf = shop.bucket, time.Now()
				site, _ := site.New("", site.Way{Transport: shop})
				client := client.New(site, answers.Domain, "2026-10", &answers.Tokens{Current: answers.Token}, client.Pauses{})
				intake, began := newRecorder(t), time.Now()
				if _, err := NewSource(client, Options{Reader: importer.ReaderPaged}).Read(t.Context(),
					connector.Resources(), intake); err != nil {
					t.Fatal(err)
				}
				if len(intake.products) != shop.products || len(intake.variants) != 5*shop.products ||
					len(intake.levels) != 5*shop.products || len(intake.remarks) > 0 {
					t.Error(len(intake.products), len(intake.variants), len(intake.levels), intake.remarks)
				}
				took := time.Since(began)
				earned := shop.bucket + shop.rate*took.Seconds()
				used := shop.spent / earned
				t.Logf("%.1f %% of %.0f points were used in %v, %d requests were refused", used*100, earned, took, shop.refused)
				if used < c.used || shop.refused > 0 {
					t.Errorf("%.1f %% of %.0f points were used in %v, %d requests were refused", used*100, earned, took, shop.refused)
				}
			})
		})
	}
}
