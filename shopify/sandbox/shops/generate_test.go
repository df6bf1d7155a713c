package shops

import (
	"testing"
	"time"
)

// TestGenerateIsQuick makes the largest shop that demonstrations speak of.
func TestGenerateIsQuick(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 20,000 products")
	}
	start := time.Now()
	s := GeneratedShop(20_000)
	t.Logf("%d products, %d variants in %v", len(s.Products), len(s.Variants), time.Since(start))
	if len(s.Variants) < 80_000 || len(s.Variants) > 120_000 {
		t.Errorf("%d variants", len(s.Variants))
	}
}
