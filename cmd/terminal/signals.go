package terminal

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// Stoppable is a context that ends at the first signal to stop. Signals that the process
// was started to ignore, as by nohup, stay ignored, but SIGTERM, of which the runtime does
// not tell. A second signal ends the process at once, which is safe.
func Stoppable() (context.Context, context.CancelFunc) {
	// With a handler for SIGPIPE a closed pipe is an error of the write, and does not end a
	// run for the sake of its progress lines.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	stops := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	ctx, stop := signal.NotifyContext(context.Background(), stops...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
