// Command eshopctl connects an online shop to an eshopOS store, previews what
// an import would do, runs it, and tells how connection, run and data are.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/eshopos/eshopctl/cmd"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once; that is safe
	status := cmd.Run(ctx, cmd.ProcessEnv())
	stop()
	os.Exit(status)
}
