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

// Patience decides how long may be waited while nothing goes on, and has the operator
// told what is waited for and until when. A nil Patience waits for DefaultPatience and
// tells nobody. It is safe for concurrent use.
//
// There are three ways to wait: between two attempts with Allows, and TooLong where it
// says no; for something that becomes free with Await; for an answer on its way with a
// Vigil.
type Patience struct {
	limit time.Duration
	tell  *teller

	mu    sync.Mutex
	since time.Time // when nothing went on any more; zero while something does
}

// DefaultPatience is the limit where nobody chose one.
const DefaultPatience = 10 * time.Minute

// UntilTold is the longest wait that nobody is told of.
const UntilTold = 3 * time.Second

const untilToldAgain = 30 * time.Second

// Wait is what the operator is told of a wait.
type Wait struct {
	For   string    // what is waited for, in words
	Until time.Time // when it is over, at the latest
}

// teller tells of the same wait only now and then.
type teller struct {
	tell func(Wait)
	mu   sync.Mutex
	told map[string]time.Time
}

// NewPatience returns a Patience with this limit. tell hears of waits that take longer
// than UntilTold; it may be nil.
func NewPatience(limit time.Duration, tell func(Wait)) *Patience {
	return &Patience{limit: limit, tell: &teller{tell: tell, told: map[string]time.Time{}}}
}

// Anew returns a Patience with the same limit for another service: progress there is no
// progress here.
func (p *Patience) Anew() *Patience {
	if p == nil {
		return nil
	}
	return &Patience{limit: p.limit, tell: p.tell}
}

// Limit returns how long may be waited while nothing goes on.
func (p *Patience) Limit() time.Duration {
	if p == nil {
		return DefaultPatience
	}
	return p.limit
}

// Moved notes progress, after which the wait begins anew.
func (p *Patience) Moved() {
	if p == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.since = time.Time{}
}

// waitingSince returns when the present wait began: now, if nothing was waited for yet.
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

// Allows reports whether a wait of this length stays within the limit, and has it told
// if it is long. what says what is waited for.
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

// TooLong returns the fault of a wait that the limit does not allow. asked is the pause
// that the other side asked for, 0 when it named none.
func (p *Patience) TooLong(fault *Fault, asked time.Duration) *Fault {
	told := *fault
	told.Err = errors.Join(ErrOutOfPatience, fault.Err)
	if asked > 0 {
		told.Message += fmt.Sprintf("; it asks to come again after %s, at %s", asked.Round(time.Second),
			time.Now().Add(asked).UTC().Format("15:04:05 UTC"))
	}
	told.Next = told.Next.Behind(fmt.Sprintf("that is longer than --patience %s allows; ", p.Limit()))
	return &told
}

// Await calls try at this interval until it is done or fails. what says whom the wait
// is for; it is called when the wait is told and when it is given up. Giving up is a
// *Fault with the code Locked.
func (p *Patience) Await(ctx context.Context, every time.Duration, what func() string, try func() (done bool, err error)) error {
	return p.AwaitWithin(ctx, p.Limit(), every, what, try)
}

// AwaitWithin is Await with a bound of its own, where that is shorter than the limit.
func (p *Patience) AwaitWithin(ctx context.Context, bound, every time.Duration, what func() string,
	try func() (done bool, err error)) error {
	began, bound := time.Now(), min(bound, p.Limit())
	for told := UntilTold; ; {
		done, err := try()
		if done || err != nil {
			return err
		}
		waited := time.Since(began)
		if waited >= bound {
			return &Fault{Code: Locked, Message: fmt.Sprintf("waited %s for %s", bound, what()), Next: Advice(p.longerThan(bound)),
				Err: ErrOutOfPatience}
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

// ErrOutOfPatience is the cause of a fault: a wait took, or would take, longer than the
// limit.
var ErrOutOfPatience = errors.New("nobody waits longer")

func (p *Patience) longerThan(bound time.Duration) string {
	if bound < p.Limit() {
		return "end what holds it, then try again"
	}
	return "end what holds it, or wait longer with --patience"
}

// Sleep waits, unless ctx ends first: then the error is the cause of that.
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

// longestAsked bounds the pause that a header can ask for; nobody waits as long.
const longestAsked = 365 * 24 * time.Hour

// RetryAfter returns the pause that the header Retry-After asks for, as seconds with or
// without a fraction or as a date; 0 when it asks for none.
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
