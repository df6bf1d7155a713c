package bulk

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// watch asks how far bulk operations are, in one request for all that run. It has no
// goroutine: of those that wait for an operation one asks for all.
type watch struct {
	shop   Shop
	asking chan struct{} // holds a token while one of them asks

	mu      sync.Mutex
	running map[*waiter]bool // not by id, which a faulty shop may give to several operations
}

// waiter is an operation that somebody waits for.
type waiter struct {
	id    string
	since time.Time
	news  chan news // the latest, until nextNews takes it
}

// news is an answer about an operation.
type news struct {
	operation *Operation // nil when the shop does not know it
	err       error
}

func newWatch(shop Shop) *watch {
	return &watch{shop: shop, asking: make(chan struct{}, 1), running: map[*waiter]bool{}}
}

// Operations of small shops end within a second. The end of every operation is to be seen
// within half a second and a twentieth of the time that the operation took, including the
// time for the answer.
const (
	firstLook   = 100 * time.Millisecond
	usualLook   = 300 * time.Millisecond
	longestLook = 15 * time.Second
)

// untilLook returns how long to wait before asking again for an operation that has run for so
// long.
func untilLook(running time.Duration) time.Duration {
	return min(max(running/2, firstLook), usualLook+running/25, longestLook)
}

// beginWait makes the watch ask for an operation until dropWait.
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

// lookAtAll waits until the youngest operation is due, asks for all and hands out the news.
// An error of the answer is news for all; lookAtAll itself fails only when ctx has ended or
// sleeping failed.
func (w *watch) lookAtAll(ctx context.Context) error {
	due := w.dueIn()
	for slept := time.Duration(0); slept < due; due = min(due, w.dueIn()) { // an operation that begins meanwhile may be due sooner
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

// hearNews replaces older news.
func (o *waiter) hearNews(seen news) {
	select {
	case <-o.news:
	default:
	}
	o.news <- seen
}

// dueIn returns how long to wait before asking for all running operations.
func (w *watch) dueIn() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	due := longestLook
	for o := range w.running {
		due = min(due, untilLook(time.Since(o.since)))
	}
	return due
}

// ids returns the ids of all running operations, each once.
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
