package job

import (
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// What a run that was cut off had read is taken up while it is what would be read now.
func TestWhatASnapshotServesFor(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	c := connector.Connector{AccountID: "gid://shopify/Shop/1", Currency: "EUR"}
	usual := importer.SnapshotInfo{Shop: importer.Shop{AccountID: c.AccountID, Currency: "EUR"}, Reader: importer.ReaderBulk,
		Resources: []connector.Resource{connector.Stock, connector.Products}, FinishedAt: now.Add(-time.Minute)}
	for name, of := range map[string]struct {
		change func(*importer.SnapshotInfo)
		reader importer.Reader
		serves bool
	}{
		"as it is":            {func(*importer.SnapshotInfo) {}, importer.ReaderAuto, true},
		"by its reader":       {func(*importer.SnapshotInfo) {}, importer.ReaderBulk, true},
		"by another":          {func(*importer.SnapshotInfo) {}, importer.ReaderPaged, false},
		"old":                 {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(-2 * time.Hour) }, importer.ReaderAuto, false},
		"from the future":     {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(2 * time.Hour) }, importer.ReaderAuto, false},
		"of less":             {func(i *importer.SnapshotInfo) { i.Resources = i.Resources[:1] }, importer.ReaderAuto, false},
		"of another shop":     {func(i *importer.SnapshotInfo) { i.Shop.AccountID += "2" }, importer.ReaderAuto, false},
		"in other prices":     {func(i *importer.SnapshotInfo) { i.Shop.Currency = "USD" }, importer.ReaderAuto, false},
		"an hour old":         {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(-61 * time.Minute) }, importer.ReaderAuto, false},
		"fresh":               {func(i *importer.SnapshotInfo) { i.FinishedAt = now }, importer.ReaderAuto, true},
		"half a minute ahead": {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(30 * time.Second) }, importer.ReaderAuto, true},
		"two minutes ahead":   {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(2 * time.Minute) }, importer.ReaderAuto, false},
		"two days ahead":      {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(48 * time.Hour) }, importer.ReaderAuto, false},
		"a moment ahead":      {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(time.Second) }, importer.ReaderAuto, true},
		"just old enough":     {func(i *importer.SnapshotInfo) { i.FinishedAt = now.Add(-59 * time.Minute) }, importer.ReaderAuto, true},
		"in another order":    {func(i *importer.SnapshotInfo) { slices.Reverse(i.Resources) }, importer.ReaderAuto, true},
	} {
		info := usual
		info.Resources = slices.Clone(usual.Resources)
		of.change(&info)
		if got := servesPreview(info, c, []connector.Resource{connector.Products, connector.Stock}, of.reader, now); got != of.serves {
			t.Errorf("%s: serves is %t", name, got)
		}
	}
}
