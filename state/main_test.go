package state

import (
	"os"
	"runtime/debug"
	"testing"
)

// TestMain lets garbage gather: the states of these tests are small, and a tenth of the
// time went into collecting it.
func TestMain(m *testing.M) {
	debug.SetGCPercent(400)
	os.Exit(m.Run())
}
