// Command eshopctl connects an online shop to an eshopOS store, previews what
// an import would do, runs it, and tells how connection, run and data are.
package main

import (
	"os"
	"runtime/debug"
	"time"

	"github.com/eshopos/eshopctl/cmd"
)

// memory is how many bytes the Go side of the program may take before it collects
// garbage more eagerly, and garbage how many percent of what is in use may gather
// until then: to let it gather saves a sixth of the work of an import. The program
// streams, so that it needs less than that for shops of any size; SQLite's own
// caches come on top.
const (
	memory  = 62 << 20
	garbage = 400
)

func main() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memory)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(garbage)
	}
	// The runtime makes its poller with the first timer, and dies there if too many
	// files are open by then: better now than in the middle.
	time.AfterFunc(time.Hour, func() {}).Stop()
	ctx, stop := cmd.Stoppable()
	status := cmd.Run(ctx, cmd.ProcessEnv())
	stop()
	os.Exit(status)
}
