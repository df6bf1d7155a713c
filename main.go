// Command eshopctl connects an online shop to an eshopOS store, previews what
// an import would do, runs it, and tells how connection, run and data are.
package main

import (
	"os"
	"time"

	"github.com/eshopos/eshopctl/cmd"
	"github.com/eshopos/eshopctl/cmd/terminal"
)

func main() {
	terminal.BoundMemory()
	// The runtime makes its poller with the first timer, and dies there if too many
	// files are open by then: better now than in the middle.
	time.AfterFunc(time.Hour, func() {}).Stop()
	ctx, stop := terminal.Stoppable()
	status := cmd.Run(ctx, terminal.ProcessEnv(cmd.SecretVariables()))
	stop()
	os.Exit(status)
}
