package terminal

import (
	"os"
	"runtime/debug"
)

// memory is how many bytes the Go side of the program may take before it collects
// garbage more eagerly. The program streams, so that it needs less than that for shops of
// any size; SQLite's own caches come on top.
const memory = 62 << 20

// Garbage is how many percent of what is in use may gather until it is collected: to let
// it gather saves a sixth of the work of an import.
const Garbage = 400

// BoundMemory makes the process collect garbage as the program should, unless its
// environment says how.
func BoundMemory() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(Garbage)
	}
}
