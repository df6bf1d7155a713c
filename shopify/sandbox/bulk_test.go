package sandbox_test

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// start begins a bulk operation and returns its id.
func (b *bench) start(query string) string {
	b.t.Helper()
	answer := b.must(docC1BulkRun, map[string]any{"query": query})
	id := text(answer.Data, "bulkOperationRunQuery", "bulkOperation", "id")
	if id == "" {
		b.t.Fatalf("not started: %s", answer.raw)
	}
	return id
}

func (b *bench) poll(id string) any {
	b.t.Helper()
	return b.must(docC2BulkPoll, map[string]any{"id": id}).Data["bulkOperation"]
}

// download reads the file of an operation and checks it against what the operation says of it.
func (b *bench) download(operation any) []map[string]any {
	b.t.Helper()
	r, err := http.NewRequest("GET", text(operation, "url"), nil)
	if err != nil {
		b.t.Fatal(err)
	}
	response, file := b.do(r)
	if response.StatusCode != 200 || text(operation, "fileSize") != strconv.Itoa(len(file)) || strings.Contains(file, "gid://") {
		b.t.Fatalf("status %d, %d bytes of %v", response.StatusCode, len(file), operation)
	}
	var lines []map[string]any
	roots := 0
	for line := range strings.Lines(file) {
		var object map[string]any
		if err := json.Unmarshal([]byte(line), &object); err != nil {
			b.t.Fatal(err)
		}
		if object["__parentId"] == nil {
			roots++
		}
		lines = append(lines, object)
	}
	if text(operation, "objectCount") != strconv.Itoa(len(lines)) || text(operation, "rootObjectCount") != strconv.Itoa(roots) {
		b.t.Errorf("%d lines, %d roots: %v", len(lines), roots, operation)
	}
	return lines
}

func TestBulkDocuments(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	truth := b.shop.Truth()
	links := 0
	for _, m := range truth.Media {
		links += len(m.VariantIDs)
	}
	for name, c := range map[string]struct {
		query string
		lines int
	}{
		"b1": {docB1BulkProducts, len(truth.Products) + len(truth.Media)},
		"b2": {docB2BulkVariants, len(truth.Variants)},
		"b3": {docB3BulkVariantMedia, len(truth.Variants) + links},
		"b4": {docB4BulkInventory, len(truth.Variants) + len(truth.Levels)},
		"b5": {docB5BulkCollections, len(truth.Collections) + len(truth.Memberships)},
		"b8": {docB8BulkIds, len(truth.Products) + len(truth.Variants)},
	} {
		if got := len(b.download(b.poll(b.start(c.query)))); got != c.lines {
			t.Errorf("%s: %d lines, want %d", name, got, c.lines)
		}
	}
	b.download(b.poll(b.start(docB7BulkAllInOne5conn)))
	if empty := b.poll(b.start(`{ products(query: "status:draft AND created_at:>'2027-01-01T00:00:00Z'") { edges { node { id } } } }`)); at(empty, "url") != nil || text(empty, "status") != "COMPLETED" {
		t.Errorf("an empty result is %v", empty)
	}
}

func TestBulkLinesFollowTheirParents(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	seen := map[any]bool{}
	for i, line := range b.download(b.poll(b.start(docB8BulkIds))) {
		if parent := line["__parentId"]; parent != nil && !seen[parent] {
			t.Fatalf("line %d comes before its parent", i)
		}
		seen[line["id"]] = true
	}
	answer := b.must(`mutation($q: String!) { bulkOperationRunQuery(query: $q, groupObjects: true) { bulkOperation { id } } }`, map[string]any{"q": docB8BulkIds})
	last := any(nil)
	for i, line := range b.download(b.poll(text(answer.Data, "bulkOperationRunQuery", "bulkOperation", "id"))) {
		if parent := line["__parentId"]; parent == nil {
			last = line["id"]
		} else if parent != last {
			t.Fatalf("line %d is not grouped", i)
		}
	}
}

func TestBulkLife(t *testing.T) {
	c := newClock()
	b := newBench(t, sandboxtest.DefaultShop(), func(o *sandboxtest.Options) { o.Clock = c.read })
	b.shop.Bulk(bulk.Settings{Delay: time.Minute})
	var ids []string
	for range 5 {
		ids = append(ids, b.start(docB2BulkVariants))
	}
	answer := b.must(docC1BulkRun, map[string]any{"query": docB2BulkVariants})
	refusal := at(answer.Data, "bulkOperationRunQuery", "userErrors", 0)
	if text(refusal, "code") != "OPERATION_IN_PROGRESS" || !strings.Contains(text(refusal, "message"), ids[4]) || at(refusal, "field") != nil {
		t.Errorf("a sixth operation: %s", answer.raw)
	}
	c.forward(30 * time.Second)
	half := b.poll(ids[0])
	if text(half, "status") != "RUNNING" || at(half, "url") != nil || text(half, "objectCount") == "0" {
		t.Errorf("half way: %v", half)
	}
	answer = b.must(docC4BulkCancel, map[string]any{"id": ids[1]})
	if text(answer.Data, "bulkOperationCancel", "bulkOperation", "status") != "CANCELING" {
		t.Errorf("got %s", answer.raw)
	}
	c.forward(30 * time.Second)
	if got := text(b.poll(ids[1]), "status"); got != "CANCELED" {
		t.Errorf("canceled is %s", got)
	}
	if answer = b.must(docC4BulkCancel, map[string]any{"id": ids[0]}); len(list(answer.Data, "bulkOperationCancel", "userErrors")) != 1 {
		t.Errorf("got %s", answer.raw)
	}
	answer = b.must(docC3BulkList, map[string]any{"query": "status:completed"})
	if got := len(list(answer.Data, "bulkOperations", "nodes")); got != 4 {
		t.Errorf("%d completed", got)
	}
	done := b.poll(ids[0])
	c.forward(7 * 24 * time.Hour)
	r, _ := http.NewRequest("GET", text(done, "url"), nil)
	if response, _ := b.do(r); response.StatusCode != http.StatusForbidden {
		t.Errorf("an old address: %d", response.StatusCode)
	}
}

func TestBulkRefusals(t *testing.T) {
	b := newBench(t, sandboxtest.DefaultShop())
	for name, query := range map[string]string{
		"nodes":       `{ products { nodes { id } } }`,
		"no list":     `{ shop { id } }`,
		"top nodes":   `{ nodes(ids: ["gid://shopify/Product/1"]) { id } }`,
		"two fields":  `{ products { edges { node { id } } } collections { edges { node { id } } } }`,
		"no id":       `{ products { edges { node { title variants { edges { node { id } } } } } } }`,
		"list":        `{ collections { edges { node { id sources { ... on CollectionConditionsSource { products { edges { node { id } } } } } } } } }`,
		"too deep":    `{ collections { edges { node { id products { edges { node { id variants { edges { node { id media { edges { node { id } } } } } } } } } } } } }`,
		"too many":    `{ products { edges { node { id a: variants { edges { node { id } } } b: variants { edges { node { id } } } c: media { edges { node { id } } } d: media { edges { node { id } } } e: collections { edges { node { id } } } } } } }`,
		"mutation":    `mutation { appUninstall { app { id } } }`,
		"not a query": `{ products { edges`,
		"unknown":     `{ products { edges { node { nonsense } } } }`,
	} {
		answer := b.must(docC1BulkRun, map[string]any{"query": query})
		if got := text(answer.Data, "bulkOperationRunQuery", "userErrors", 0, "code"); got != "INVALID" {
			t.Errorf("%s: %s", name, answer.raw)
		}
	}
	b.server.SetGrantedScopes(b.shop.Domain(), []string{"read_products"})
	if failed := b.poll(b.start(docB4BulkInventory)); text(failed, "status") != "FAILED" || text(failed, "errorCode") != "ACCESS_DENIED" {
		t.Errorf("without the scope: %v", failed)
	}
	b.shop.Bulk(bulk.Settings{Refusal: bulk.NotEnabled})
	if answer := b.ask(docC1BulkRun, map[string]any{"query": docB2BulkVariants}); len(answer.Errors) != 1 || answer.Errors[0].Extensions["code"] != "ACCESS_DENIED" {
		t.Errorf("got %s", answer.raw)
	}
}
