package shopify

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain collects garbage less often: these tests need little memory, and collecting took a fifth
// of their time.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
