package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"modernc.org/sqlite"

	"github.com/eshopos/eshopctl/importer"
)

// Another program may have put anything into a row. What cannot be is named where the
// row is read, in so many words, so that nothing further on has to think of it.

// contentError says what of a row cannot be.
type contentError struct {
	of   string // what the row is
	what error
}

func (e *contentError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be: %s", e.of, brief(e.what.Error()))
}

func (e *contentError) Unwrap() error { return e.what }

// Named puts an error into words that nobody did before, where it comes from what is
// stored; nil where it does not.
func Named(err error) *UnusableError {
	var failure *sqlite.Error
	if err == nil || !errors.As(err, &failure) && !strings.Contains(err.Error(), "sql: ") {
		return nil
	}
	return &UnusableError{Why: "what is stored cannot be: " + brief(err.Error()), Next: restoreIt, Err: err}
}

// longestReason is how much of what is wrong is told.
const longestReason = 300

// brief is the beginning of a reason, which may quote all of a huge text.
func brief(reason string) string {
	if len(reason) <= longestReason {
		return reason
	}
	return strings.ToValidUTF8(reason[:longestReason], "") + ".."
}

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
