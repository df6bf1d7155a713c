package bulk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// watch sees how far bulk operations are, with one question for all that run.
// Whoever waits for one of them and finds that nobody asks does it for all.
type watch struct {
	shop   Shop
	asking chan struct{} // held by the one who asks

	mu      sync.Mutex
	running map[*waiter]bool // not by their ids: a shop that errs may give one to several
}

// waiter is an operation that somebody waits for.
type waiter struct {
	id    string
	since time.Time
	news  chan news // the newest, until it is taken
}

// news is what was seen of an operation; nil when the shop does not know it.
type news struct {
	operation *Operation
	err       error
}

func newWatch(shop Shop) *watch {
	return &watch{shop: shop, asking: make(chan struct{}, 1), running: map[*waiter]bool{}}
}

// Small shops are done in a second, and the end of every operation is to be seen
// within half a second and a twentieth of the time that it took, the way of the
// answer included.
const (
	firstLook   = 100 * time.Millisecond
	usualLook   = 300 * time.Millisecond
	longestLook = 15 * time.Second
)

// untilLook is how long to wait before an operation that runs for so long is looked
// at again.
func untilLook(running time.Duration) time.Duration {
	return min(max(running/2, firstLook), usualLook+running/25, longestLook)
}

// beginWait has an operation looked at until dropWait.
func (w *watch) beginWait(id string) *waiter {
	o := &waiter{id: id, since: time.Now(), news: make(chan news, 1)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running[o] = true
	return o
}

func (w *watch) dropWait(o *waiter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, o)
}

// nextNews waits for news of an operation.
func (w *watch) nextNews(ctx context.Context, o *waiter) (*Operation, error) {
	for {
		select {
		case seen := <-o.news:
			return seen.operation, seen.err
		default:
		}
		select {
		case seen := <-o.news:
			return seen.operation, seen.err
		case w.asking <- struct{}{}:
			err := w.lookAtAll(ctx)
			<-w.asking
			if err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// lookAtAll waits until the youngest operation is due, asks for all and spreads the
// news. An error is about who asks: what is wrong with the answer is news for all.
func (w *watch) lookAtAll(ctx context.Context) error {
	due := w.dueIn()
	for slept := time.Duration(0); slept < due; due = min(due, w.dueIn()) { // one that begins meanwhile is due sooner
		nap := min(due-slept, usualLook)
		if err := w.shop.Sleep(ctx, nap); err != nil {
			return err
		}
		slept += nap
	}
	ids := w.ids()
	seen, err := w.shop.LookAt(ctx, ids...)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err = errors.Join(err, failpoint.Reach("poll/answered"))
	w.mu.Lock()
	defer w.mu.Unlock()
	for o := range w.running {
		if slices.Contains(ids, o.id) {
			o.hearNews(news{seen[o.id], err})
		}
	}
	return nil
}

// hearNews puts news in the place of older ones.
func (o *waiter) hearNews(seen news) {
	select {
	case <-o.news:
	default:
	}
	o.news <- seen
}

func (w *watch) dueIn() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	due := longestLook
	for o := range w.running {
		due = min(due, untilLook(time.Since(o.since)))
	}
	return due
}

// ids are those of all that run, each once.
func (w *watch) ids() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for o := range w.running {
		ids = append(ids, o.id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}
