package cmd

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// bulkShop answers for a large shop whose bulk results were written to files
// beforehand, so that only the program is measured and not the shop. Everything
// else is the sandbox's.
type bulkShop struct {
	products  int
	locations []string
	folder    string
	address   string       // of the server
	edition   atomic.Int64 // which files are served: 0 as they were at first, 1 with changes
	lines     map[string][2]int
}

const (
	figureVariants = 5
	figurePicks    = 100 // products for one collection; each collection has three times as many
)

// results are the files of a shop, by what tells their bulk query from others.
var results = []struct{ name, mark string }{
	{"products", "descriptionHtml"}, {"variants", "selectedOptions"}, {"variant_media", "productVariants"},
	{"inventory", "inventoryItems"}, {"members", "collections"},
}

func (b *bulkShop) gid(kind string, n int) string {
	return fmt.Sprintf(`gid:\/\/shopify\/%s\/%d`, kind, 7_000_000_000_000+n*32_768)
}

// generate writes the files of both editions. In the second, one of a hundred
// products and one of twenty levels differ.
func (b *bulkShop) generate(t *testing.T) (bytes int64) {
	b.lines = map[string][2]int{}
	for edition := range 2 {
		for name, write := range map[string]func(w *shopLines, edition int){
			"products": b.writeProducts, "variants": b.writeVariants, "variant_media": b.writeShown, "inventory": b.writeLevels, "members": b.writeMembers,
		} {
			path := b.path(name, edition)
			file, err := os.Create(path)
			if err != nil {
				t.Fatal(err)
			}
			w := &shopLines{out: bufio.NewWriterSize(file, 1<<20)}
			write(w, edition)
			if err := w.out.Flush(); err != nil {
				t.Fatal(err)
			}
			if info, err := file.Stat(); err == nil && edition == 0 {
				bytes += info.Size()
			}
			file.Close()
			b.lines[filepath.Base(path)] = [2]int{w.all, w.roots}
		}
	}
	return bytes
}

func (b *bulkShop) path(name string, edition int) string {
	return filepath.Join(b.folder, fmt.Sprintf("%s-%d.jsonl", name, edition))
}

type shopLines struct {
	out        *bufio.Writer
	all, roots int
}

func (l *shopLines) root(format string, args ...any) {
	l.roots++
	l.child(format, args...)
}

func (l *shopLines) child(format string, args ...any) {
	l.all++
	fmt.Fprintf(l.out, format+"\n", args...)
}

var figureText = strings.Repeat(`\u003cp\u003eThrown by hand, glazed twice and fired slowly.\u003c\/p\u003e`, 60)

func (b *bulkShop) media(product int) int { return product%6 + 1 }

func (b *bulkShop) writeProducts(w *shopLines, edition int) {
	for i := range b.products {
		title := fmt.Sprintf("Quiet Teapot %d", i)
		if i%100 == 0 {
			title = fmt.Sprintf("%s, edition %d", title, edition)
		}
		length := (5 + i%25) * (len(figureText) / 60)
		w.root(`{"id":"%s","handle":"product-%d","title":"%s","descriptionHtml":"%s","vendor":"Alder \u0026 Co","productType":"Teapot","status":"ACTIVE","tags":["new","Teapot"],"seo":{"title":null,"description":null},"variantsCount":{"count":%d,"precision":"EXACT"},"mediaCount":{"count":%d,"precision":"EXACT"},"featuredMedia":{"id":"%s"},"options":[{"name":"Colour","position":1,"optionValues":[{"name":"Red"},{"name":"Green"}]},{"name":"Size","position":2,"optionValues":[{"name":"S"},{"name":"M"},{"name":"L"}]}]}`,
			b.gid("Product", i), i, title, figureText[:length], figureVariants, b.media(i), b.gid("MediaImage", i*6))
		for m := range b.media(i) {
			w.child(`{"id":"%s","alt":"Seen from above","mediaContentType":"IMAGE","status":"READY","mimeType":"image\/jpeg","image":{"url":"https:\/\/cdn.shopify.com\/s\/files\/1\/0001\/product-%d-%d.jpg?v=1"},"__parentId":"%s"}`,
				b.gid("MediaImage", i*6+m), i, m, b.gid("Product", i))
		}
	}
}

func (b *bulkShop) writeVariants(w *shopLines, edition int) {
	for i := range b.products * figureVariants {
		price := "12.50"
		if i/figureVariants%100 == 0 {
			price = fmt.Sprintf("%d.00", 20+edition)
		}
		w.root(`{"id":"%s","title":"Red \/ M","position":%d,"sku":"SKU-%07d","barcode":null,"price":"%s","compareAtPrice":null,"product":{"id":"%s"},"selectedOptions":[{"name":"Colour","value":"Red"},{"name":"Size","value":"M"}],"inventoryItem":{"id":"%s","tracked":true,"requiresShipping":true,"measurement":{"weight":{"value":0.35,"unit":"KILOGRAMS"}}}}`,
			b.gid("ProductVariant", i), i%figureVariants+1, i, price, b.gid("Product", i/figureVariants), b.gid("InventoryItem", i))
	}
}

func (b *bulkShop) writeShown(w *shopLines, _ int) {
	for i := range b.products * figureVariants {
		w.root(`{"id":"%s"}`, b.gid("ProductVariant", i))
		if i%figureVariants == 0 {
			w.child(`{"id":"%s","__parentId":"%s"}`, b.gid("MediaImage", i/figureVariants*6), b.gid("ProductVariant", i))
		}
	}
}

func (b *bulkShop) writeLevels(w *shopLines, edition int) {
	for i := range b.products * figureVariants {
		w.root(`{"id":"%s"}`, b.gid("InventoryItem", i))
		for l, location := range b.locations {
			units := i%50 + 1
			if (i*len(b.locations)+l)%20 == 0 {
				units += edition
			}
			w.child(`{"isActive":true,"location":{"id":"%s"},"quantities":[{"name":"available","quantity":%d},{"name":"on_hand","quantity":%d},{"name":"committed","quantity":0},{"name":"incoming","quantity":0}],"__parentId":"%s"}`,
				strings.ReplaceAll(location, "/", `\/`), units, units, b.gid("InventoryItem", i))
		}
	}
}

func (b *bulkShop) collections() int { return (b.products + figurePicks - 1) / figurePicks }

func (b *bulkShop) members(collection int) (from, to int) {
	from = collection * figurePicks
	return from, min(from+3*figurePicks, b.products)
}

func (b *bulkShop) writeMembers(w *shopLines, _ int) {
	for c := range b.collections() {
		w.root(`{"id":"%s"}`, b.gid("Collection", c))
		from, to := b.members(c)
		for i := from; i < to; i++ {
			w.child(`{"id":"%s","__parentId":"%s"}`, b.gid("Product", i), b.gid("Collection", c))
		}
	}
}

// wrap puts the shop in front of the sandbox.
func (b *bulkShop) wrap(sandbox http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if name, found := strings.CutPrefix(r.URL.Path, "/figures/"); found {
			http.ServeFile(w, r, filepath.Join(b.folder, filepath.Base(name)))
			return
		}
		if !strings.HasSuffix(r.URL.Path, "/graphql.json") {
			sandbox.ServeHTTP(w, r)
			return
		}
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		var question struct {
			OperationName string
			Variables     map[string]any
		}
		_ = json.Unmarshal(body, &question)
		answer := b.answer(question.OperationName, question.Variables)
		if answer == "" {
			sandbox.ServeHTTP(w, r)
			return
		}
		w.Header().Set("X-Shopify-API-Version", "2026-10")
		fmt.Fprintf(w, `{"data":{%s}}`, answer)
	})
}

const noMore = `"pageInfo":{"hasNextPage":false,"endCursor":null}`

// answer is the data of an answer, "" where the sandbox is to answer.
func (b *bulkShop) answer(operation string, variables map[string]any) string {
	id, _ := variables["id"].(string)
	query, _ := variables["query"].(string)
	switch operation {
	case "EshopProductsCount":
		return counted(b.products)
	case "EshopVariantsCount":
		return counted(b.products * figureVariants)
	case "EshopCollectionsCount":
		return counted(b.collections())
	case "EshopProducts", "EshopVariants":
		list := map[string]string{"EshopProducts": "products", "EshopVariants": "productVariants"}[operation]
		return fmt.Sprintf(`"%s":{"nodes":[],%s}`, list, noMore)
	case "EshopCollections":
		return b.collectionPage(query, variables["after"])
	case "EshopBulkRun":
		for _, result := range results {
			if strings.Contains(query, result.mark) {
				return fmt.Sprintf(`"bulkOperationRunQuery":{"bulkOperation":{"id":"gid://shopify/BulkOperation/%s-%d","status":"CREATED","createdAt":"2026-11-25T00:00:00Z"},"userErrors":[]}`,
					result.name, b.edition.Load())
			}
		}
	case "EshopBulkPoll":
		name := id[strings.LastIndex(id, "/")+1:] + ".jsonl"
		n := b.lines[name]
		return fmt.Sprintf(`"bulkOperation":{"id":%q,"status":"COMPLETED","errorCode":null,"createdAt":"2026-11-25T00:00:00Z","objectCount":"%d","rootObjectCount":"%d","fileSize":null,"url":"%s/figures/%s"}`,
			id, n[0], n[1], b.address, name)
	}
	return ""
}

func counted(n int) string { return fmt.Sprintf(`"count":{"count":%d,"precision":"EXACT"}`, n) }

func (b *bulkShop) collectionPage(filter string, after any) string {
	if filter != "" {
		return `"collections":{"nodes":[],` + noMore + `}`
	}
	from := 0
	if cursor, ok := after.(string); ok {
		_, _ = fmt.Sscan(cursor, &from)
	}
	to := min(from+250, b.collections())
	var nodes []string
	for c := from; c < to; c++ {
		first, last := b.members(c)
		nodes = append(nodes, fmt.Sprintf(`{"id":"%s","handle":"picks-%d","title":"Picks %d","descriptionHtml":"","sortOrder":"BEST_SELLING","updatedAt":"2026-01-01T00:00:00Z","productsCount":{"count":%d,"precision":"EXACT"},"sources":[]}`,
			b.gid("Collection", c), c, c, last-first))
	}
	return fmt.Sprintf(`"collections":{"nodes":[%s],"pageInfo":{"hasNextPage":%t,"endCursor":"%d"}}`, strings.Join(nodes, ","), to < b.collections(), to)
}
