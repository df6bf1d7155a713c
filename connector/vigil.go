package connector

import (
	"sync"
	"time"
)

// Vigil watches over what is waited for without knowing how long it takes, such as an
// answer, one time after another. From UntilTold on it is told, and it is given up
// when its own bound or patience is at its end.
type Vigil struct {
	For    string
	Bound  time.Duration            // of one time
	Moving bool                     // it is a pause within what goes on, and counts alone
	GiveUp func(outOfPatience bool) // called once

	patience *Patience
	mu       sync.Mutex
	timer    *time.Timer
	began    time.Time // zero between two times
	due      time.Time // when it is looked at
}

// Watch has a vigil kept with this patience. It may be nil.
func (p *Patience) Watch(v *Vigil) *Vigil {
	v.patience = p
	v.timer = time.AfterFunc(time.Hour, v.lookAgain)
	v.timer.Stop() // until something is waited for
	return v
}

// Begin begins to wait.
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

// End ends the waiting. Nothing is told of it any more.
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

// timeLeft is how long it is still waited for, and whether patience ends it.
func (v *Vigil) timeLeft(now time.Time) (left time.Duration, outOfPatience bool) {
	since := v.began
	if !v.Moving {
		since = v.patience.waitingSince()
	}
	own, all := v.Bound-now.Sub(v.began), v.patience.Limit()-now.Sub(since)
	return min(own, all), all <= own
}
