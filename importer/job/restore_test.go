package job

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
)

// shelf is a backup, a place for it and an operator; it notes what is done and fails
// where it is told to.
type shelf struct {
	steps []string
	fails string
}

var errShelf = errors.New("it was told to fail")

func (s *shelf) step(name string) error {
	s.steps = append(s.steps, name)
	if name == s.fails {
		return errShelf
	}
	return nil
}

func (s *shelf) PrepareBackup(context.Context, string) (ReadyBackup, error) {
	return s, s.step("prepare")
}
func (s *shelf) Outlook() Restoration { return Restoration{From: "copy.db", Bytes: 7} }
func (s *shelf) TakeAll(context.Context) (func(), error) {
	return func() { _ = s.step("release") }, s.step("take all")
}
func (s *shelf) PutInPlace(context.Context) (string, error) { return "state.db.kept", s.step("place") }
func (s *shelf) Close() error                               { return s.step("close") }

func (s *shelf) Confirm(_ context.Context, q Question) error {
	if place, ok := q.(RestoreQuestion); !ok || place.Restoration.Bytes != 7 {
		return errors.New("that is not the question")
	}
	return s.step("confirm")
}

// Nothing is put in place that nobody wanted, nor while somebody is at work; locks are
// held from before until after, and what was prepared is given up in any case.
func TestRestore(t *testing.T) {
	for fails, want := range map[string]string{
		"":         "prepare, confirm, take all, place, release, close",
		"prepare":  "prepare",
		"confirm":  "prepare, confirm, close",
		"take all": "prepare, confirm, take all, close",
		"place":    "prepare, confirm, take all, place, release, close",
	} {
		s := &shelf{fails: fails}
		done, err := RestoreBackup(t.Context(), s, s, "copy.db")
		if (fails != "") != errors.Is(err, errShelf) || !slices.Equal(s.steps, strings.Split(want, ", ")) {
			t.Errorf("%q fails: %v, %v", fails, s.steps, err)
		}
		if fails == "" && (done.Kept != "state.db.kept" || done.From != "copy.db") {
			t.Errorf("%+v", done)
		}
	}
}
