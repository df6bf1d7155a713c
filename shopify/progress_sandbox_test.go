package shopify

import (
	"context"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// paces is an intake that keeps every report of progress.
type paces struct {
	*recorder
	told []paceTold
}

type paceTold struct {
	table       *importer.Table
	phase       importer.Phase
	read, total int
}

func (p *paces) ReportProgress(table *importer.Table, phase importer.Phase, read, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.told = append(p.told, paceTold{table, phase, read, total})
}

// Progress counts products, variants, items and categories, and never more than there are, whatever
// an operation counts or a page brings twice.
func TestProgressCountsThings(t *testing.T) {
	for _, c := range []struct {
		reader   importer.Reader
		settings sandboxtest.BulkSettings
	}{
		{importer.ReaderBulk, sandboxtest.BulkSettings{Delay: 400 * time.Millisecond}},
		{importer.ReaderBulk, sandboxtest.BulkSettings{Order: sandboxtest.BulkChildren}},
		{importer.ReaderPaged, sandboxtest.BulkSettings{}},
	} {
		b := newBulkBench(t, c.settings, nil)
		b.options.Reader = c.reader
		intake := &paces{recorder: newRecorder(t)}
		if _, err := NewSource(b.client, b.options).Read(context.Background(), connector.Resources(), intake); err != nil {
			t.Fatal(err)
		}
		truth := b.shop.Truth()
		items := map[string]bool{} // variants may share one
		for _, v := range truth.Variants {
			items[v.InventoryItemID] = true
		}
		there := map[*importer.Table]int{
			importer.Products: len(truth.Products), importer.Variants: len(truth.Variants), importer.Stock: len(items),
			importer.Categories: len(truth.Collections), importer.Memberships: len(truth.Collections),
		}
		last, gathered := map[*importer.Table]paceTold{}, 0
		for _, told := range intake.told {
			most, counted := there[told.table]
			if told.table == importer.Stock {
				most = len(truth.Variants) // an item for each is all that the shop counts
			}
			if !counted && told.table != importer.Warehouses || counted &&
				(told.read > most || told.total > most) || told.total > 0 && told.read > told.total {
				t.Errorf("%s: %s %s %d of %d, there are %d", c.reader, told.phase, told.table.Name, told.read, told.total, most)
			}
			if told.phase == importer.PhaseGathering && told.total != most {
				t.Errorf("%s: gathering %s has no total", c.reader, told.table.Name)
			}
			if told.phase == importer.PhaseGathering && told.read > 0 {
				gathered++
			}
			last[told.table] = told
		}
		for table, most := range there {
			if told, shown := last[table]; shown && (told.read != most || told.total != most) {
				t.Errorf("%s: in the end %s are %d of %d, there are %d", c.reader, table.Name, told.read, told.total, most)
			}
		}
		if c.settings.Delay > 0 && gathered == 0 {
			t.Error("nothing was told while the shop gathered")
		}
	}
}

// Progress is told of a result in which levels come before their items.
func TestProgressOfAResultGrowsToItsRecords(t *testing.T) {
	shop := sandboxtest.Generate(400)
	shop.Bulk(sandboxtest.BulkSettings{Order: sandboxtest.BulkChildren})
	b := benchOf(t, shop, nil, 0)
	b.options.Reader = importer.ReaderBulk
	intake := &paces{recorder: newRecorder(t)}
	if _, err := NewSource(b.client, b.options).Read(context.Background(), []connector.Resource{connector.Stock}, intake); err != nil {
		t.Fatal(err)
	}
	read, total := 0, 0
	for _, told := range intake.told {
		if told.table != importer.Stock || told.phase != importer.PhaseDownloading {
			continue
		}
		if told.read < read || told.read > told.total {
			t.Errorf("%d of %d come after %d", told.read, told.total, read)
		}
		read, total = told.read, told.total
	}
	if read == 0 || read != total {
		t.Errorf("it ends with %d of %d items", read, total)
	}
}
