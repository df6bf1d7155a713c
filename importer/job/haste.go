package job

import (
	"context"
	"errors"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// haste is that somebody does not want to wait any more.
type haste struct {
	hurried bool
	moment  time.Time // until which last words are said
}

// noteCause notes whether a job ended because somebody did not want to wait.
func (h *haste) noteCause(env Env, err error) {
	code := env.Classify(err).Code
	h.hurried = code == connector.Interrupted || code == connector.Locked || errors.Is(err, connector.ErrOutOfPatience)
}

// lastWords is the context of what is written when a run has ended. Who interrupts it,
// even now, or has waited long enough, does not wait once more for another program that
// holds the state: the next job finds that the run is dead.
func (h *haste) lastWords(ctx context.Context) (context.Context, context.CancelFunc) {
	h.hurried = h.hurried || ctx.Err() != nil
	if !h.hurried {
		return connector.LastWords(ctx)
	}
	if h.moment.IsZero() { // one for all that is still written
		h.moment = time.Now().Add(connector.AMoment)
	}
	return context.WithDeadline(context.Background(), h.moment)
}
