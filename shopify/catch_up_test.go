package shopify

import (
	"testing"
	"time"
)

// The search finds a change minutes after it was made.
func TestTheSearchLags(t *testing.T) {
	began := time.Date(2026, 11, 24, 10, 5, 30, 0, time.FixedZone("", 3600))
	if got, want := changedSince(began), "updated_at:>='2026-11-24T08:55:30Z'"; got != want {
		t.Errorf("it looks for %s, want %s", got, want)
	}
}

// An address may be told before there is a file behind it, or where making it failed.
func TestOnlyMediaThatIsReadyHasAnAddress(t *testing.T) {
	for status, has := range map[string]bool{"READY": true, "PROCESSING": false, "FAILED": false, "UPLOADED": false} {
		m := mediaNode{Status: status, OriginURL: "https://cdn.shopify.com/video"}
		if got := m.item("gid://shopify/Product/1", 1); (got.URL != nil) != has {
			t.Errorf("%s: the address is %v", status, got.URL)
		}
	}
	if got := (&mediaNode{Status: "READY"}).item("gid://shopify/Product/1", 1); got.URL != nil {
		t.Error("an address that is empty")
	}
}
