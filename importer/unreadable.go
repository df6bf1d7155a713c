package importer

import (
	"errors"
	"fmt"
)

// UnreadableError says that the stored snapshot or plan of a run cannot be read any more.
// The catalogue does not depend on it.
type UnreadableError struct {
	Run string
	Err error
}

func (e *UnreadableError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be read: %s", e.Run, e.Err)
}

// Unwrap returns the cause.
func (e *UnreadableError) Unwrap() error { return e.Err }

// IsUnreadable reports whether err is an UnreadableError. The next import works without
// what cannot be read.
func IsUnreadable(err error) bool {
	var which *UnreadableError
	return errors.As(err, &which)
}
