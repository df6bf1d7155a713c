package state

import (
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// What bulk operations brought stands in the snapshot: whatever becomes of the
// run after that, they are not looked for again. Those of other shops stay.
func TestASnapshotForgetsItsOperations(t *testing.T) {
	b := newBench(t, stocked(12, 1))
	other := b.link
	other.AccountID = "gid://shopify/Shop/2"
	for _, link := range []connector.Connector{b.link, other} {
		if err := b.db.Operations(link).Note(t.Context(), "{ products }", "gid://shopify/BulkOperation/7"); err != nil {
			t.Fatal(err)
		}
	}
	catalog, err := b.db.catalog(t.Context(), b.link)
	if err != nil {
		t.Fatal(err)
	}
	run, err := b.db.Begin(t.Context(), importer.NewRun(importer.KindPreview, b.link, b.db.now()))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.previewer(catalog).Read(t.Context(), &run, b.link, connector.Resources()); err != nil {
		t.Fatal(err)
	}
	for link, want := range map[*connector.Connector]string{&b.link: "", &other: "gid://shopify/BulkOperation/7"} {
		if id, _, err := b.db.Operations(*link).Recall(t.Context(), "{ products }"); id != want || err != nil {
			t.Errorf("of %s: %q, %v", link.AccountID, id, err)
		}
	}
}
