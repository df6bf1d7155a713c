package cmd

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"syscall"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// output remembers that something could not be written, which whoever prints help
// does not.
type output struct {
	to  io.Writer
	err error
}

func (o *output) Write(text []byte) (int, error) {
	n, err := o.to.Write(text)
	o.err = cmp.Or(o.err, err)
	return n, err
}

// deed is what a command did that stays done, and the command that shows it.
type deed struct {
	what string
	look connector.Command
}

// did notes what stays done should the answer not reach anybody.
func (p *program) did(look connector.Command, format string, args ...any) {
	p.done = deed{fmt.Sprintf(format, args...), look}
}

// didRun notes what became of a run that ended well.
func (p *program) didRun(run importer.Run, what string) {
	p.did(connector.Typed("runs show", run.ID), "run %s %s", run.ID, what)
}

// answered is the error of a command whose answer is out. That it could not be
// written counts unless something else went wrong as well.
func (p *program) answered(err error, out *output) error {
	var said exit.Status
	if out.err == nil || err != nil && !errors.Is(err, out.err) && !errors.As(err, &said) {
		return err
	}
	return exit.Told{Err: p.unwritten("standard output", out.err)}
}

// unwritten is the failure of an answer that could not be written. What was done stays
// done, and is said. Who read enough and went away wants to hear nothing more.
func (p *program) unwritten(where string, err error) error {
	if p.done.what == "" && errors.Is(err, syscall.EPIPE) {
		return exit.Status(exit.ClosedPipe)
	}
	fault := &connector.Fault{Code: connector.Internal, Err: err, Message: fmt.Sprintf("%s cannot be written: %s", where, exit.ReasonOf(err)),
		Next: p.typed().Again().After("make room, or write elsewhere, then: ")}
	if p.done.what != "" {
		fault.Message += "; all else is done: " + p.done.what
		fault.Next = p.done.look.Next()
	}
	return fault
}
