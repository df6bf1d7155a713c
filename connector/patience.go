package connector

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Patience is what everything that waits asks: whether it may wait for so long, while
// nothing goes on. It has told what is waited for, for whom and until when. A nil one
// waits for DefaultPatience and tells nobody. It is safe for concurrent use.
//
// There are three ways to wait. Between two attempts: Allows, and TooLong where it does
// not. For what is free at some time: Await. For an answer on its way: Vigil.
type Patience struct {
	limit time.Duration
	tell  *teller

	mu    sync.Mutex
	since time.Time // when nothing went on any more; zero while something does
}

// DefaultPatience is how long is waited where nobody chose.
const DefaultPatience = 10 * time.Minute

// UntilTold is how long a wait may be that nobody is told of.
const UntilTold = 3 * time.Second

const untilToldAgain = 30 * time.Second

// Wait is what is waited for, and for whom.
type Wait struct {
	For   string
	Until time.Time // when it is over, at the latest
}

// teller tells of the same wait now and then only.
type teller struct {
	tell func(Wait)
	mu   sync.Mutex
	told map[string]time.Time
}

// NewPatience returns patience with that limit; tell hears of every wait that takes
// longer than UntilTold.
func NewPatience(limit time.Duration, tell func(Wait)) *Patience {
	return &Patience{limit: limit, tell: &teller{tell: tell, told: map[string]time.Time{}}}
}

// Anew is the same patience with somebody else: what goes on there is nothing to those
// who wait here.
func (p *Patience) Anew() *Patience {
	if p == nil {
		return nil
	}
	return &Patience{limit: p.limit, tell: p.tell}
}

// Limit is how long is waited while nothing goes on.
func (p *Patience) Limit() time.Duration {
	if p == nil {
		return DefaultPatience
	}
	return p.limit
}

// Moved says that something went on: waiting begins anew.
func (p *Patience) Moved() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Time{}
}

// waitingSince is when the waiting began that goes on.
func (p *Patience) waitingSince() time.Time {
	if p == nil {
		return time.Now()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.since.IsZero() {
		p.since = time.Now()
	}
	return p.since
}

// Allows reports whether a wait of that length is still within the limit, and has it
// told if it is long.
func (p *Patience) Allows(what string, wait time.Duration) bool {
	spent := time.Since(p.waitingSince()) + wait
	if spent > p.Limit() {
		return false
	}
	if spent > UntilTold {
		p.Tell(what, wait)
	}
	return true
}

// Tell tells what is waited for and for how long, unless it was told a moment ago.
func (p *Patience) Tell(what string, wait time.Duration) {
	if p == nil || p.tell.tell == nil {
		return
	}
	now := time.Now()
	p.tell.mu.Lock()
	defer p.tell.mu.Unlock()
	if last := p.tell.told[what]; !last.IsZero() && now.Sub(last) < untilToldAgain {
		return
	}
	p.tell.told[what] = now
	p.tell.tell(Wait{For: what, Until: now.Add(wait)})
}

// TooLong is the fault of a wait that the limit does not allow; asked is what the one
// who is waited for asked for, 0 when he did not say.
func (p *Patience) TooLong(fault *Fault, asked time.Duration) *Fault {
	told := *fault
	told.Err = errors.Join(ErrOutOfPatience, fault.Err)
	if asked > 0 {
		told.Message += fmt.Sprintf("; it asks to come again after %s, at %s", asked.Round(time.Second), time.Now().Add(asked).UTC().Format("15:04:05 UTC"))
	}
	told.Next = told.Next.Behind(fmt.Sprintf("that is longer than --patience %s allows; ", p.Limit()))
	return &told
}

// Await tries every now and then until it is done. what tells for whom that is; it is
// asked when the wait is told, and when it is given up, which is a *Fault with the code
// Locked.
func (p *Patience) Await(ctx context.Context, every time.Duration, what func() string, try func() (done bool, err error)) error {
	return p.AwaitWithin(ctx, p.Limit(), every, what, try)
}

// AwaitWithin is Await for those who have less time than patience allows.
func (p *Patience) AwaitWithin(ctx context.Context, bound, every time.Duration, what func() string, try func() (done bool, err error)) error {
	began, bound := time.Now(), min(bound, p.Limit())
	for told := UntilTold; ; {
		done, err := try()
		if done || err != nil {
			return err
		}
		waited := time.Since(began)
		if waited >= bound {
			return &Fault{Code: Locked, Message: fmt.Sprintf("waited %s for %s", bound, what()), Next: Advice(p.longerThan(bound)), Err: ErrOutOfPatience}
		}
		if waited >= told {
			told = waited + time.Second // it may be somebody else by then
			p.Tell(what(), bound-waited)
		}
		if err := Sleep(ctx, min(every, max(bound-waited, time.Millisecond))); err != nil {
			return err
		}
	}
}

// ErrOutOfPatience is the cause of faults of what was waited for as long as patience
// allows, or would have to be waited for longer.
var ErrOutOfPatience = errors.New("nobody waits longer")

func (p *Patience) longerThan(bound time.Duration) string {
	if bound < p.Limit() {
		return "end what holds it, then try again"
	}
	return "end what holds it, or wait longer with --patience"
}

// Sleep waits for so long, unless ctx ends first.
func Sleep(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// longestAsked is the longest pause that is understood; nobody waits as long.
const longestAsked = 365 * 24 * time.Hour

// RetryAfter is the pause that the header of that name asks for, in seconds with or
// without a fraction, or as a date; 0 when it asks for none.
func RetryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds >= 0 {
		return time.Duration(min(seconds, longestAsked.Seconds()) * float64(time.Second))
	}
	if at, err := http.ParseTime(text); err == nil {
		return min(max(time.Until(at), 0), longestAsked)
	}
	return 0
}
