package staging

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// U+0000 becomes U+FFFD in every kind of text.
func TestNULIsReplaced(t *testing.T) {
	r := importer.Product{ID: "1", Title: "a\x00b", Tags: []string{"c\x00\x00\x00", `\u0000`}, Options: []importer.Option{{Name: "\x00"}}}.AppendTo(nil)
	if got := withoutNUL(importer.Products, r); !slices.Equal(got, []string{"title", "tags", "options"}) {
		t.Errorf("replaced something in %v", got)
	}
	if got := r[1].Text(); got != "a\uFFFDb" {
		t.Errorf("title %q", got)
	}
	if got := r[importer.Products.Column("options")].Text(); got != "[{\"name\":\"\uFFFD\",\"values\":[]}]" {
		t.Errorf("options %s", got)
	}
	if got := r[importer.Products.Column("tags")].Strings(); got[0] != "c\uFFFD\uFFFD\uFFFD" || got[1] != `\u0000` {
		t.Errorf("tags %q", got)
	}
	if plain := (importer.Product{ID: "1", Title: `\u0000`}).AppendTo(nil); withoutNUL(importer.Products, plain) != nil {
		t.Error("a backslash in a title was taken for U+0000")
	}
}
