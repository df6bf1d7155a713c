package state

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// Another program may have put anything into a row. What cannot be is named where the
// row is read, in so many words, so that nothing further on has to think of it.

// contentError says what of a row cannot be.
type contentError struct {
	of   string // what the row is
	what error
}

func (e *contentError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be: %s", e.of, sqlite.Brief(e.what.Error()))
}

func (e *contentError) Unwrap() error { return e.what }

// Is makes it known for what it is.
func (e *contentError) Is(target error) bool { return target == sqlite.ErrContent }

// Named puts an error into words that nobody did before, where it comes from what is
// stored; nil where it does not.
func Named(err error) *UnusableError { return sqlite.Named(err) }

// decode reads JSON.
func decode(column, text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("its %s: %w", column, err)
	}
	return nil
}

// timeOf is the time that a text says. Years that no calendar of a program has are none.
func timeOf(text string) (time.Time, error) {
	parsed, err := time.Parse(time.RFC3339Nano, text)
	if year := parsed.UTC().Year(); err != nil || year < 0 || year > 9999 {
		return time.Time{}, fmt.Errorf("%.40q is no time", text)
	}
	return parsed, nil
}

// possible reports what of a run cannot be.
func possible(run *importer.Run) error {
	switch run.Status {
	case importer.Running, importer.Succeeded, importer.Partial, importer.Failed, importer.Interrupted:
	default:
		return fmt.Errorf("the status %.40q", run.Status)
	}
	switch run.Kind {
	case importer.KindPreview, importer.KindImport, importer.KindReconcile, importer.KindUndo:
	default:
		return fmt.Errorf("the kind %.40q", run.Kind)
	}
	if run.ID == "" || run.Store == "" {
		return fmt.Errorf("a run of the store %.40q with the id %.40q", run.Store, run.ID)
	}
	if run.StartedAt.IsZero() {
		return fmt.Errorf("no time when it began")
	}
	for _, by := range []map[string]int{run.WarningsBy, run.RejectedBy} {
		for code, n := range by {
			if n < 0 {
				return fmt.Errorf("%d times %.40q", n, code)
			}
		}
	}
	return nil
}
