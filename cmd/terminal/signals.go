package terminal

import (
	"context"
	"os"
	"os/signal"
	"slices"
	"syscall"
)

// Stoppable is a context that ends when somebody stops the process. What whoever
// started it has it ignore, as nohup and shells for their background jobs do, it goes
// on to ignore; of SIGTERM the runtime does not tell. A second signal ends the process
// at once, which is safe.
func Stoppable() (context.Context, context.CancelFunc) {
	// With a listener a pipe that nobody reads any more is an error like others: a run
	// is not ended for its progress.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	stops := slices.DeleteFunc([]os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}, signal.Ignored)
	ctx, stop := signal.NotifyContext(context.Background(), stops...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
