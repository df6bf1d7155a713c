package connector

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// Patience bounds waiting in which nothing goes on, and has it told. A nil one waits
// for DefaultPatience and tells nobody. It is safe for concurrent use.
type Patience struct {
	limit time.Duration
	tell  func(Wait)

	mu    sync.Mutex
	since time.Time // when nothing went on any more; zero while something does
	told  map[string]time.Time
}

// DefaultPatience is how long is waited where nobody chose.
const DefaultPatience = 10 * time.Minute

// UntilTold is how long a wait may be that nobody is told of.
const UntilTold = 3 * time.Second

const untilToldAgain = 10 * time.Second

// Wait is what is waited for, and for whom.
type Wait struct {
	For   string
	Until time.Time // when it is over, at the latest
}

// NewPatience returns patience with that limit; tell hears of every wait that takes
// longer than UntilTold.
func NewPatience(limit time.Duration, tell func(Wait)) *Patience {
	return &Patience{limit: limit, tell: tell, told: map[string]time.Time{}}
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

// Allows reports whether a wait of that length is still within the limit, and has it
// told if it is long.
func (p *Patience) Allows(what string, wait time.Duration) bool {
	if p == nil {
		return wait <= DefaultPatience
	}
	p.mu.Lock()
	if p.since.IsZero() {
		p.since = time.Now()
	}
	spent := time.Since(p.since) + wait
	p.mu.Unlock()
	if spent > p.limit {
		return false
	}
	if spent > UntilTold {
		p.Tell(what, wait)
	}
	return true
}

// Tell tells what is waited for and for how long, unless it was told a moment ago.
func (p *Patience) Tell(what string, wait time.Duration) {
	if p == nil || p.tell == nil {
		return
	}
	now := time.Now()
	p.mu.Lock()
	again := !p.told[what].IsZero() && now.Sub(p.told[what]) < untilToldAgain
	if !again {
		p.told[what] = now
	}
	p.mu.Unlock()
	if !again {
		p.tell(Wait{For: what, Until: now.Add(wait)})
	}
}

// Await tries every now and then until it is done. what tells for whom that is; it is
// asked when the wait is told, and when it is given up, which is a *Fault with the
// code Locked.
func (p *Patience) Await(ctx context.Context, every time.Duration, what func() string, try func() (done bool, err error)) error {
	began, told := time.Now(), false
	for {
		done, err := try()
		if done || err != nil {
			return err
		}
		waited := time.Since(began)
		if waited >= p.Limit() {
			return &Fault{Code: Locked, Message: fmt.Sprintf("%s was waited for, for %s", what(), p.Limit()),
				Hint: "end what holds it, or wait longer with --patience"}
		}
		if waited >= UntilTold && !told {
			told = true
			p.Tell(what(), p.Limit()-waited)
		}
		select {
		case <-time.After(min(every, max(p.Limit()-waited, time.Millisecond))):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
