package statetest

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// TestTextIsKeptAsItCame: whatever a text does elsewhere, it is stored as the shop has
// it, found by what is in it, and no change when it comes again.
func TestTextIsKeptAsItCame(t *testing.T, open Open) {
	b := NewBench(t, open, Stocked(1, 1))
	id := "gid://shopify/Product/0"
	for _, text := range []string{"\x1b[2J\x1b]0;x\x07", "=1+1", "'; DROP TABLE products; --", "<script>", "%_\\", "a\r\nb\tc", "\u202eabc", "İß", " ", "日本語"} {
		p := b.Shop.Products[id]
		p.Title = text
		b.Shop.Products[id] = p
		b.Run()
		if got := b.Rows(importer.Products)[id].Record[importer.Products.Column("title")].Text(); got != text {
			t.Errorf("%q is stored as %q", text, got)
		}
		if n, err := b.Engine.CountRows(t.Context(), importer.Products, importer.ListFilter{Store: "main", Search: text}); err != nil || n != 1 {
			t.Errorf("%q is found %d times: %v", text, n, err)
		}
		if again := b.Run(); again.Counts.RowWrites() != 0 {
			t.Errorf("%q comes again: %+v", text, again.Counts)
		}
	}
}
