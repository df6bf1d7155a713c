package importer

import (
	"errors"
	"fmt"
)

// UnreadableError says that what is stored of a run, its snapshot or its plan, cannot
// be read any more, and why. The catalogue does not hang on it.
type UnreadableError struct {
	Run string
	Err error
}

func (e *UnreadableError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be read: %s", e.Run, e.Err)
}

// Unwrap returns why.
func (e *UnreadableError) Unwrap() error { return e.Err }

// IsUnreadable reports whether an error is that of what is stored of a run. The next
// import does without it.
func IsUnreadable(err error) bool {
	var which *UnreadableError
	return errors.As(err, &which)
}
