package job

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// haste knows whether somebody does not want to wait any longer.
type haste struct {
	hurried bool
	moment  time.Time // deadline of the last writes
}

// noteCause notes whether a job ended because somebody did not want to wait.
func (h *haste) noteCause(env Env, err error) {
	code := env.Classify(err).Code
	h.hurried = code == connector.Interrupted || code == connector.Locked || errors.Is(err, connector.ErrOutOfPatience)
}

// lastWords returns the context for what is written when a run has ended. Who interrupts
// the job, or has waited long enough, does not wait again for another program that holds
// the state: the next job finds out that the run is dead.
func (h *haste) lastWords(ctx context.Context) (context.Context, context.CancelFunc) {
	h.hurried = h.hurried || ctx.Err() != nil
	if !h.hurried {
		return connector.LastWords(ctx)
	}
	if h.moment.IsZero() { // one deadline for everything that is still written
		h.moment = time.Now().Add(connector.AMoment)
	}
	return context.WithDeadline(context.Background(), h.moment)
}
