// Package runs gives tests of what is shown runs to show.
package runs

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Noon is when they are looked at.
var Noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// Ago is a time before noon.
func Ago(d time.Duration) *time.Time {
	t := Noon.Add(-d)
	return &t
}

// Some is an import with an outcome of each kind.
func Some() importer.Run {
	return importer.Run{
		ID: "20261124-1158-k3f9", Kind: importer.KindImport, Store: "main", Provider: "shopify", Domain: "tea.myshopify.com",
		Status: importer.Partial, Plan: "20261124-1155-aaaa", Reader: importer.ReaderPaged,
		StartedAt: *Ago(2 * time.Minute), FinishedAt: Ago(2*time.Minute - 3200*time.Millisecond),
		Counts: TallyOf(map[*importer.Table]importer.Counts{
			importer.Products:   {Read: 12340, Created: 2, Updated: 1, Unchanged: 12337},
			importer.Warehouses: {Read: 3, Created: 1, Unchanged: 1, Rejected: 1},
		}),
		Warnings:   5,
		WarningsBy: map[string]int{"W-SKU-MISSING": 5}, RejectedBy: map[string]int{"E-WAREHOUSE-AMBIGUOUS": 1},
	}
}

// Remarks are those of Some.
func Remarks() []importer.Remark {
	remarks := []importer.Remark{{
		Code: "E-WAREHOUSE-AMBIGUOUS", Severity: importer.Rejected, Resource: "warehouses", ExternalID: "gid://L/1",
		Message: `2 are named "Depot"`, Next: connector.Advice("link them by hand"),
	}}
	for _, id := range []string{"gid://V/1", "gid://V/2\x1b[2J", "gid://V/3", "gid://V/4", "gid://V/5"} {
		remarks = append(remarks, importer.Remark{
			Code: "W-SKU-MISSING", Severity: importer.Warning, Resource: "variants", ExternalID: id,
			Message: "the variant has no SKU", Next: connector.Advice("give it one"),
		})
	}
	return remarks
}

// Part is a run that read products and categories only.
func Part() importer.Run {
	run := Some()
	run.Status, run.Counts, run.RejectedBy, run.WarningsBy, run.Warnings = importer.Succeeded, TallyOf(map[*importer.Table]importer.Counts{importer.Products: {Read: 5, Unchanged: 5}}), nil, nil, 0
	run.Resources = []connector.Resource{connector.Products, connector.Categories}
	run.NotRead = []importer.NotRead{
		{Resource: "warehouses", Why: importer.WhyNotWanted, Detail: "left out on purpose"},
		{Resource: "stock", Why: importer.WhyScope, Detail: "the shop does not grant read_inventory"},
	}
	return run
}

// Dead ended before it had read anything.
func Dead() importer.Run {
	run := Part()
	run.Status, run.NotRead, run.Counts = importer.Failed, nil, importer.Tally{}
	for _, resource := range connector.Resources() {
		run.NotRead = append(run.NotRead, importer.NotRead{Resource: string(resource), Why: importer.WhyEnded, Detail: "the run ended before"})
	}
	return run
}

// TallyOf is a tally with these counts.
func TallyOf(counts map[*importer.Table]importer.Counts) (y importer.Tally) {
	for t, of := range counts {
		*y.Of(t) = of
	}
	return y
}
