package terminal

import (
	"os"
	"runtime/debug"
)

// memory is the soft memory limit in bytes, without SQLite's caches. The program streams,
// and needs less for shops of any size.
const memory = 62 << 20

// Garbage is GOGC in percent. Collecting later saves a sixth of the work of an import.
const Garbage = 400

// BoundMemory sets the limits of the garbage collector, unless GOGC or GOMEMLIMIT is set.
func BoundMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(Garbage)
	}
}
