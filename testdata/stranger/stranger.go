// Package stranger is a second simulated Shopify, for tests only. It shares no
// code with the sandbox and has other habits: fields in any order, more fields
// than were asked for, JSON with blanks and escapes where they are allowed, and
// bulk results in several orders, packed and served in several ways. What it holds
// is worked out from numbers, so that a shop of a million variants needs no memory.
package stranger

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Domain is the shop's.
const Domain = "stranger.myshopify.com"

// Shop is a shop with that many products. Set its habits before it serves.
type Shop struct {
	Products int
	Habits

	mu         sync.Mutex
	operations map[string]*operation
	asked      map[string]int
	changed    map[int]bool // products that changed since it serves
}

// Habits are how a shop answers.
type Habits struct {
	Folder string // for bulk results
	Order  Order  // of their lines
	Gzip   bool
	Ranges bool
	Breaks int64             // bytes after which a transfer breaks off, 0 for never
	Broken int               // how many transfers do; 0 for all
	Tag    func() string     // of the version of a result; nil for one that stays
	CRLF   bool              // lines end like that, and the last one not at all
	Plain  bool              // JSON as it is usually written
	Deaf   bool              // to filters by id
	Lies   map[string]Lie    // about the bulk results of a kind
	Before func(root string) // called before a list is answered
	Ends   map[string]string // status and error code of the operations of a kind

	// Starts may answer the start of an operation in another way.
	Starts func(http.ResponseWriter) bool
	// Lacks tells which records are left out of pages.
	Lacks func(root string, number int) bool
}

// Lie changes the lines of a bulk result, and what is said about them.
type Lie struct {
	Lines func(lines [][]byte) [][]byte
	Tells bool // the counts are those of the changed lines
	Times int  // how often; 0 for always
}

// Asked is how often a root field was asked for.
func (s *Shop) Asked(root string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked[root]
}

// Change changes the title of a product.
func (s *Shop) Change(product int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changed == nil {
		s.changed = map[int]bool{}
	}
	s.changed[product] = true
}

func (s *Shop) note(root string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.asked == nil {
		s.asked = map[string]int{}
	}
	s.asked[root]++
}

func (s *Shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/results/") {
		s.result(w, r)
		return
	}
	var question struct {
		Query     string
		Variables map[string]any
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &question); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if s.Starts != nil && strings.Contains(question.Query, "bulkOperationRunQuery") && s.Starts(w) {
		return
	}
	w.Header().Set("X-Shopify-API-Version", "2026-10")
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	out := scribe{plain: s.Plain, random: rand.New(rand.NewPCG(1, uint64(len(body))))}
	selection := parse(question.Query)
	data := rendering{variables: question.Variables, extra: !s.Plain}.object(s.root(), selection)
	out.value(object{
		{"data", data},
		{"extensions", object{{"cost", object{
			{"requestedQueryCost", 10}, {"actualQueryCost", 10},
			{"throttleStatus", object{{"maximumAvailable", 1e6}, {"currentlyAvailable", 999990}, {"restoreRate", 1e6}}},
		}}}},
	})
	_, _ = w.Write(out.text)
}

// root is what can be asked for.
func (s *Shop) root() Node {
	all := Node{
		"shop": func(arguments) any {
			return Node{"id": gid("Shop", 1), "name": "Stranger", "myshopifyDomain": Domain, "currencyCode": "EUR"}
		},
		"currentAppInstallation": func(arguments) any { return Node{"accessScopes": scopes()} },
		"productsCount":          s.counting("products", s.Products),
		"productVariantsCount":   s.counting("productVariants", s.variantsBefore(s.Products)),
		"collectionsCount":       s.counting("collections", s.Collections()),
		"locationsCount":         s.counting("locations", Locations-1), // one of a fulfilment service is left out
		"locations":              s.listing("locations", Locations, s.Location),
		"products":               s.listing("products", s.Products, s.Product),
		"productVariants":        s.listing("productVariants", s.variantsBefore(s.Products), s.Variant),
		"inventoryItems":         s.listing("inventoryItems", s.variantsBefore(s.Products), s.Item),
		"collections":            s.listing("collections", s.Collections(), s.Collection),
		"product":                s.one("Product", s.Products, s.Product),
		"productVariant":         s.one("ProductVariant", s.variantsBefore(s.Products), s.Variant),
		"inventoryItem":          s.one("InventoryItem", s.variantsBefore(s.Products), s.Item),
		"collection":             s.one("Collection", s.Collections(), s.Collection),
		"bulkOperationRunQuery":  s.start,
		"bulkOperation":          s.poll,
		"bulkOperationCancel":    func(arguments) any { return Node{"bulkOperation": nil, "userErrors": []any{}} },
		"bulkOperations":         func(arguments) any { return list{} },
	}
	return all
}

func scopes() []any {
	var granted []any
	for _, scope := range []string{"read_products", "read_inventory", "read_locations"} {
		granted = append(granted, Node{"handle": scope})
	}
	return granted
}

func (s *Shop) counting(root string, n int) func(arguments) any {
	return func(arguments) any {
		s.note(root + "Count")
		return Node{"count": n, "precision": "EXACT"}
	}
}

// one finds a record by its id.
func (s *Shop) one(kind string, n int, at func(int) Node) func(arguments) any {
	return func(a arguments) any {
		number, ok := position(fmt.Sprint(a["id"]), kind)
		if !ok || number >= n {
			return nil
		}
		return at(number)
	}
}
