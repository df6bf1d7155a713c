package connector

import (
	"testing"
	"testing/synctest"
	"time"
)

// An answer is told after three seconds, and given up by its own bound or by patience,
// whichever ends first. What moves elsewhere has patience begin anew.
func TestVigil(t *testing.T) {
	for name, c := range map[string]struct {
		limit, bound, answers time.Duration // 0: it never does
		moving                bool
		moves                 time.Duration // what goes on elsewhere, once
		ends                  time.Duration // 0: it is not given up
		byPatience            bool
		told                  int
	}{
		"a short wait":              {limit: time.Minute, bound: time.Minute, answers: 2 * time.Second},
		"a long one":                {limit: time.Minute, bound: time.Minute, answers: 5 * time.Second, told: 1},
		"its own bound":             {limit: time.Hour, bound: 20 * time.Second, ends: 20 * time.Second, told: 1},
		"patience":                  {limit: 10 * time.Second, bound: time.Minute, ends: 10 * time.Second, byPatience: true, told: 1},
		"little patience":           {limit: 2 * time.Second, bound: time.Minute, ends: 2 * time.Second, byPatience: true},
		"it is told again":          {limit: time.Hour, bound: 70 * time.Second, ends: 70 * time.Second, told: 3},
		"something moves":           {limit: 10 * time.Second, bound: time.Minute, moves: 4 * time.Second, ends: 20 * time.Second, byPatience: true, told: 1},
		"a pause of what moves":     {limit: 10 * time.Second, bound: time.Minute, moving: true, ends: 10 * time.Second, byPatience: true, told: 1},
		"the bound of such a pause": {limit: time.Minute, bound: 7 * time.Second, moving: true, ends: 7 * time.Second, told: 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				told := 0
				p := NewPatience(c.limit, func(Wait) { told++ })
				began := time.Now()
				var ended time.Duration
				var byPatience bool
				v := p.Watch(&Vigil{For: "it", Bound: c.bound, Moving: c.moving, GiveUp: func(outOfPatience bool) {
					ended, byPatience = time.Since(began), outOfPatience
				}})
				v.Begin()
				if c.moves > 0 {
					time.AfterFunc(c.moves, p.Moved)
				}
				if c.answers > 0 {
					time.Sleep(c.answers)
					v.End()
				}
				time.Sleep(2 * time.Minute)
				synctest.Wait()
				v.End()
				if ended != c.ends || byPatience != c.byPatience || told != c.told {
					t.Errorf("ended after %v, by patience %v, told %d times", ended, byPatience, told)
				}
			})
		})
	}
}

// Waits add up while nothing goes on, whatever is waited for; who waits elsewhere has
// patience of his own.
func TestWaitsAddUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := NewPatience(10*time.Second, nil)
		other := p.Anew()
		v := p.Watch(&Vigil{Bound: 6 * time.Second, GiveUp: func(bool) {}})
		v.Begin()
		time.Sleep(6 * time.Second)
		v.End()
		if p.Allows("a pause", 5*time.Second) || !other.Allows("a pause", 5*time.Second) || !p.Allows("a pause", 3*time.Second) {
			t.Error("the answer that did not come did not count, or elsewhere")
		}
		ended := time.Duration(0)
		began := time.Now()
		again := p.Watch(&Vigil{Bound: time.Minute, GiveUp: func(bool) { ended = time.Since(began) }})
		again.Begin()
		time.Sleep(time.Minute)
		again.End()
		if ended != 4*time.Second {
			t.Errorf("the second answer was waited for, for %v", ended)
		}
	})
}
