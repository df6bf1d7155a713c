package records

import (
	"testing"
)

// An address may be told before there is a file behind it, or where making it failed.
func TestOnlyMediaThatIsReadyHasAnAddress(t *testing.T) {
	for status, has := range map[string]bool{"READY": true, "PROCESSING": false, "FAILED": false, "UPLOADED": false} {
		m := Media{Status: status, OriginURL: "https://cdn.shopify.com/video"}
		if got := m.ForImport("gid://shopify/Product/1", 1); (got.URL != nil) != has {
			t.Errorf("%s: the address is %v", status, got.URL)
		}
	}
	if got := (&Media{Status: "READY"}).ForImport("gid://shopify/Product/1", 1); got.URL != nil {
		t.Error("an address that is empty")
	}
}
