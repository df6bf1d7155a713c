package shops_test

import (
	"testing"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestGenerateIsQuick makes the largest shop that demonstrations speak of.
func TestGenerateIsQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 20,000 products")
	}
	start := time.Now()
	s := sandboxtest.Generate(20_000)
	t.Logf("%d products, %d variants in %v", len(s.Records.Products), len(s.Records.Variants), time.Since(start))
	if len(s.Records.Variants) < 80_000 || len(s.Records.Variants) > 120_000 {
		t.Errorf("%d variants", len(s.Records.Variants))
	}
}
