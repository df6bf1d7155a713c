package records

import (
	"testing"
)

// An item may have an address before its file is ready, or after making the file failed.
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
