package face

import (
	"errors"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Fault is what the operator is told of an error. Its next step is a whole command line,
// for the store at hand, even where the error only says which flags would help.
func (f *Face) Fault(err error) *connector.Fault {
	fault := exit.FaultOf(err)
	if len(fault.Next) == 0 && fault.Code == connector.NotConnected {
		fault.Next = f.FirstConnect().Next()
	}
	f.Source.Locate(fault)
	fault.Message += plain.Steps(fault.Besides)
	if len(fault.Next) == 0 && fault.Code == connector.Interrupted {
		fault.Next = usage.Again()
	}
	if fault.Temporary() {
		fault.Next = fault.Next.OrAtLast(connector.Again())
	}
	fault.Next = fault.Next.For(f.Settings.Store).Each(func(c connector.Command) connector.Command {
		if c.Again {
			return f.TypedLine().Again(c.Args...)
		}
		return c
	})
	return fault
}

// TellError prints a failed command's error and returns its exit status.
func (f *Face) TellError(err error) int {
	var said exit.Status
	if err == nil {
		return exit.Done
	}
	if errors.As(err, &said) {
		return int(said)
	}
	fault := f.Fault(err)
	failure := view.Failure{Fault: fault}
	_ = view.View{Out: f.Env.Stderr}.Tell(failure) // there is nowhere left to report a failure to write
	if known := (exit.ReportedError{}); f.Settings.IsForPrograms() && !errors.As(err, &known) {
		_ = view.View{Out: f.Env.Stdout, Form: view.JSONL}.Show(failure)
	}
	return exit.StatusOf(fault)
}

// FirstConnect is the command that connects a first store.
func (f *Face) FirstConnect() connector.Command {
	return f.Source.Platforms.Usual().Unconnected("NAME").ConnectCommand()
}
