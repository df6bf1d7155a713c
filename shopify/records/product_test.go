package records

import (
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/decode"
)

// A record may lack the fields that were not asked for, and no others.
func TestNodesNeedNotHaveWhatWasNotAskedFor(t *testing.T) {
	spared := map[string]bool{"Product.vendor": true, "Product.seo": true, "InventoryItem.measurement": true}
	whole := `{"id":"gid://shopify/Product/1","handle":"a","title":"A","descriptionHtml":"","productType":"","status":"ACTIVE","tags":[],"options":[]}`
	var product Product
	if err := decode.Unmarshal([]byte(whole), &product, spared); err != nil || product.Misfit() != "" || product.Title != "A" {
		t.Errorf("%v, %q, %+v", err, product.Misfit(), product)
	}
	for text, want := range map[string]string{
		strings.Replace(whole, `"tags":[],`, "", 1):                 "tags is missing",
		strings.Replace(whole, `"tags"`, `"vendor":null,"tags"`, 1): "vendor is null",
	} {
		if err := decode.Unmarshal([]byte(text), &product, spared); err != nil || product.Misfit() != want {
			t.Errorf("%s: %v, %q", text, err, product.Misfit())
		}
	}
	if err := decode.Unmarshal([]byte(whole), &product, nil); err != nil || product.Misfit() == "" {
		t.Errorf("without having asked for it less, the node is whole (%v)", err)
	}
}
