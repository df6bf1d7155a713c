package connector

import (
	"context"
	"time"
)

// AMoment is how long to wait for another program when patience is over, or when the
// operator stops the program.
const AMoment = 300 * time.Millisecond

// LastWords returns a context for what must be written although the operator stops the
// program. It ends a moment after ctx, and not later, since another program may hold
// the state file.
func LastWords(ctx context.Context) (context.Context, context.CancelFunc) {
	last, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(AMoment, cancel) })
	return last, func() { stop(); cancel() }
}

// ForAMoment returns a context that lasts a moment, whether ctx has ended or not: for
// what is worth writing only if nobody is in the way.
func ForAMoment(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), AMoment)
}
