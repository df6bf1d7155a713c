package face

import (
	"errors"
	"fmt"
	"syscall"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// NoteDeed remembers what the command has done and the command that shows it, for the case
// that its output cannot be written.
func (f *Face) NoteDeed(look connector.Command, format string, args ...any) {
	f.done = deed{fmt.Sprintf(format, args...), look}
}

// NoteRunDeed is NoteDeed for a run that ended well.
func (f *Face) NoteRunDeed(run importer.Run, what string) {
	f.NoteDeed(connector.Typed("runs show", run.ID), "run %s %s", run.ID, what)
}

// AnswerError is the error of a command after its output was printed: err, or that the
// output could not be written if nothing else went wrong.
func (f *Face) AnswerError(err error, out *Output) error {
	var said exit.Status
	if out.err == nil || err != nil && !errors.Is(err, out.err) && !errors.As(err, &said) {
		return err
	}
	return exit.ReportedError{Err: f.WriteFault("standard output", out.err)}
}

// WriteFault is the error for output that could not be written. It says what is done all
// the same. A reader that closed the pipe (head, less) gets no message, only the exit
// status.
func (f *Face) WriteFault(where string, err error) error {
	if f.done.what == "" && errors.Is(err, syscall.EPIPE) {
		return exit.Status(exit.ClosedPipe)
	}
	fault := &connector.Fault{Code: connector.Internal, Err: err,
		Message: fmt.Sprintf("%s cannot be written: %s", where, exit.ReasonOf(err)),
		Next:    f.TypedLine().Again().After("make room, or write elsewhere, then: ")}
	if f.done.what != "" {
		fault.Message += "; all else is done: " + f.done.what
		fault.Next = f.done.look.Next()
	}
	return fault
}
