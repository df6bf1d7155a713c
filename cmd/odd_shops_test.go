package cmd

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// oddFields are fields of which a shop may say anything.
var oddFields = map[string][]string{
	"Product/enamel-mug":             {"id", "title", "handle", "status", "tags", "options", "seo", "vendor", "variantsCount", "mediaCount"},
	"Product/milk-jug":               {"id", "title", "descriptionHtml", "productType"},
	"ProductVariant/MUG-1":           {"title", "price", "sku", "position", "product", "selectedOptions", "inventoryItem"},
	"ProductVariant/POT-1":           {"id", "barcode", "compareAtPrice", "price"},
	"InventoryItem/JUG-1":            {"id", "tracked", "requiresShipping", "measurement"},
	"Media/enamel-mug@1":             {"id", "status", "alt", "image"},
	"Media/stoneware-teapot@1":       {"id", "mediaContentType", "mimeType"},
	"Collection/gifts":               {"id", "title", "sortOrder", "sources", "productsCount"},
	"Collection/window-display":      {"title", "handle", "productsCount"},
	"Location/Shop York":             {"id", "name", "isActive", "address"},
	"InventoryLevel/MUG-2@Shop York": {"location", "quantities", "isActive"},
	"ProductOption/wool-tea-cosy@1":  {"name", "optionValues"},
}

var oddWords = []string{`null`, `7`, `""`, `"half \ud83d"`, `true`, `[]`, `{}`, `[null]`, `"gid://shopify/Product/1"`}

var oddCounts = []string{"Product/enamel-mug.mediaCount", "Product/porcelain-cup.variantsCount", "Collection/window-display.productsCount", "Collection/all-tea.productsCount"}

// oddities makes a shop odd in some ways, and tells in which.
func oddities(t *testing.T, shop *sandboxtest.Shop, random *rand.Rand) (told []string) {
	objects := slices.Sorted(func(yield func(string) bool) {
		for object := range oddFields {
			if !yield(object) {
				return
			}
		}
	})
	for range 1 + random.IntN(3) {
		object := objects[random.IntN(len(objects))]
		field := object + "." + oddFields[object][random.IntN(len(oddFields[object]))]
		word := oddWords[random.IntN(len(oddWords))]
		if err := shop.Say(field, word); err != nil {
			t.Fatal(err)
		}
		told = append(told, field+"="+word)
	}
	if random.IntN(3) == 0 {
		field, by := oddCounts[random.IntN(len(oddCounts))], random.IntN(3)-1
		if err := shop.Miscount(field, by); err != nil {
			t.Fatal(err)
		}
		told = append(told, fmt.Sprint(field, " off by ", by))
	}
	return told
}

// oddImport is what came of one import of an odd shop.
type oddImport struct {
	status  int
	digest  string
	remarks []string
}

func importOdd(t *testing.T, d *desk, reader string) oddImport {
	t.Helper()
	_, complained, status := d.run("import", "run", "--store", "main", "--yes", "--reader", reader, "--max-missing", "off", "--max-zeroed", "off")
	made := oddImport{status: status, digest: d.digest()}
	if status != exit.Done && status != exit.Partial {
		t.Fatalf("%s: %d %s", reader, status, complained)
	}
	for line := range strings.Lines(d.mustRun("runs", "warnings", "latest", "--store", "main", "-o", "jsonl")) {
		var remark importer.Remark
		if err := json.Unmarshal([]byte(line), &remark); err != nil {
			t.Fatal(err)
		}
		if remark.Code == importer.WarnReaderFallback {
			continue // only one of the readers has another to fall back on
		}
		made.remarks = append(made.remarks, strings.Join([]string{remark.Code, remark.Resource, remark.ExternalID}, " "))
	}
	slices.Sort(made.remarks)
	return made
}

// Whatever a shop says, both readers read the same, a rerun by the other one writes
// nothing, and reconcile finds nothing that is not explained.
func TestBothReadersTellTheSameOfOddShops(t *testing.T) {
	for seed := range uint64(campaign.Of(t, "odd shops", 4, 30, 300)) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			made := map[string]oddImport{}
			var told []string
			readers := []string{"paged", "bulk"}
			for i, reader := range readers {
				random := rand.New(rand.NewPCG(seed, 14))
				d := newDesk(t, sandboxtest.DefaultShop())
				d.mustRun("connect", "shopify", "--store", "main", "--shop", sandboxtest.DefaultDomain, "--auth", "browser")
				if random.IntN(2) == 0 {
					d.mustRun("import", "run", "--store", "main", "--yes")
				}
				told = oddities(t, d.shop, random)
				made[reader] = importOdd(t, d, reader)
				again := importOdd(t, d, readers[1-i])
				if again.digest != made[reader].digest || again.status != made[reader].status {
					t.Errorf("%v: a rerun after %s changes the catalogue, or ends %d after %d", told, reader, again.status, made[reader].status)
				}
				var run importer.Run
				if err := json.Unmarshal([]byte(d.mustRun("reconcile", "--store", "main", "--reader", reader, "-o", "json")), &run); err != nil {
					t.Fatal(err)
				}
				for who, n := range run.Reconciliation.Moved {
					if who != importer.ByRejected {
						t.Errorf("%v: reconcile after %s finds %d moved by %s", told, reader, n, who)
					}
				}
			}
			paged, bulk := made["paged"], made["bulk"]
			if paged.status != bulk.status || paged.digest != bulk.digest {
				t.Errorf("%v: by pages %d, by bulk %d; the catalogue is the same: %v", told, paged.status, bulk.status, paged.digest == bulk.digest)
			}
			if !slices.Equal(paged.remarks, bulk.remarks) {
				t.Errorf("%v: by pages\n%s\nby bulk\n%s", told, onlyIn(paged.remarks, bulk.remarks), onlyIn(bulk.remarks, paged.remarks))
			}
		})
	}
}

func onlyIn(a, b []string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(a), func(line string) bool { return slices.Contains(b, line) }), "\n")
}
