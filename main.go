// Command eshopctl connects an online shop to an eshopOS store, previews what
// an import would do, runs it, and tells how connection, run and data are.
package main

import (
	"os"
	"time"

	"github.com/eshopos/eshopctl/cmd"
)

func main() {
	cmd.BoundMemory()
	// The runtime makes its poller with the first timer, and dies there if too many
	// files are open by then: better now than in the middle.
	time.AfterFunc(time.Hour, func() {}).Stop()
	ctx, stop := cmd.Stoppable()
	status := cmd.Run(ctx, cmd.ProcessEnv())
	stop()
	os.Exit(status)
}
