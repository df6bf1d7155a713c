package connector

import (
	"context"
	"time"
)

// AMoment is how long is waited for another program by who has waited long enough, or was told to stop.
const AMoment = 300 * time.Millisecond

// LastWords is ctx for what is worth writing though the operator stops the program: it
// goes on for a moment after ctx has ended, and no longer, since somebody may hold the
// state file.
func LastWords(ctx context.Context) (context.Context, context.CancelFunc) {
	last, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(AMoment, cancel) })
	return last, func() { stop(); cancel() }
}

// ForAMoment is ctx for what is worth writing only if nobody is in the way, whether ctx
// has ended or not.
func ForAMoment(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), AMoment)
}
