package connector

import (
	"sync"
	"time"
)

// Vigil watches over waits of unknown length, such as for an answer, one after another.
// A wait longer than UntilTold is told, and it is given up when the bound of the vigil
// or the patience is used up.
type Vigil struct {
	For    string
	Bound  time.Duration            // of one wait
	Moving bool                     // each wait is a pause within something that goes on, and counts by itself
	GiveUp func(outOfPatience bool) // called once

	patience *Patience
	mu       sync.Mutex
	timer    *time.Timer
	began    time.Time // zero between two waits
	due      time.Time // when it is looked at next
}

// Watch gives a vigil this patience, which may be nil. Nothing is waited for before
// Begin.
func (p *Patience) Watch(v *Vigil) *Vigil {
	v.patience = p
	v.timer = time.AfterFunc(time.Hour, v.lookAgain)
	v.timer.Stop() // until something is waited for
	return v
}

// Begin begins a wait.
func (v *Vigil) Begin() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.began = time.Now()
	if !v.Moving {
		v.patience.waitingSince()
	}
	left, _ := v.timeLeft(v.began)
	v.lookIn(min(left, UntilTold))
}

// End ends the wait. Nothing more is told of it.
func (v *Vigil) End() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.began = time.Time{}
	v.timer.Stop()
}

func (v *Vigil) lookIn(wait time.Duration) {
	v.due = time.Now().Add(wait)
	v.timer.Reset(wait)
}

// lookAgain tells of what is waited for, or gives it up. A process that was stopped, as on a
// laptop that sleeps, did not wait meanwhile.
func (v *Vigil) lookAgain() {
	v.mu.Lock()
	defer v.mu.Unlock()
	now := time.Now()
	if v.began.IsZero() || now.Before(v.due) {
		return
	}
	if now.Sub(v.due) > UntilTold {
		v.began = now
		v.patience.Moved()
	}
	left, outOfPatience := v.timeLeft(now)
	if left <= 0 {
		v.began = time.Time{}
		v.GiveUp(outOfPatience)
		return
	}
	if now.Sub(v.began) >= UntilTold {
		v.patience.Tell(v.For, left)
	}
	v.lookIn(min(left, untilToldAgain))
}

// timeLeft returns how long the wait may still last, and whether patience will end it.
func (v *Vigil) timeLeft(now time.Time) (left time.Duration, outOfPatience bool) {
	since := v.began
	if !v.Moving {
		since = v.patience.waitingSince()
	}
	own, all := v.Bound-now.Sub(v.began), v.patience.Limit()-now.Sub(since)
	return min(own, all), all <= own
}
