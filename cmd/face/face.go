package face

import (
	"errors"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Face is where one command meets its operator.
type Face struct {
	Env      terminal.Env
	Source   *settings.Source
	Settings settings.Settings  // of the command, once they are read
	Drawn    *progress.Reporter // progress of the run at work, nil while there is none
	InFleet  *progress.Reporter // progress of this store with --all-stores, else nil

	done deed // what stays done even if the output cannot be written
}

// deed is what a command did that stays done, and the command that shows it.
type deed struct {
	what string
	look connector.Command
}

// TypedLine is the command as it was typed.
func (f *Face) TypedLine() usage.Line { return f.Env.Args }

// Note prints a line on standard error, unless --quiet, above the progress that is drawn
// there.
func (f *Face) Note(format string, args ...any) {
	line := exit.BriefMessage(fmt.Sprintf(format, args...))
	switch {
	case f.Settings.Quiet:
	case f.Drawn != nil:
		f.Drawn.Say(line)
	default:
		fmt.Fprintln(f.Env.Stderr, line)
	}
}

// Say prints what the operator must see even with --quiet.
func (f *Face) Say(message string) {
	for line := range strings.SplitSeq(message, "\n") {
		fmt.Fprintln(f.Env.Stderr, plain.Line(line))
	}
}

// TellWait notes what is waited for, and until when at the latest.
func (f *Face) TellWait(w connector.Wait) {
	f.Note("%s", plain.Line(fmt.Sprintf("waiting for %s; until %s at the latest", w.For, w.Until.UTC().Format("15:04:05 UTC"))))
}

// View shows reports on standard output in the form that was asked for.
func (f *Face) View() view.View {
	return view.View{
		Out: f.Env.Stdout, Form: view.Form(f.Settings.Output), Quiet: f.Settings.Quiet,
		Width: f.Env.Width, Color: f.Env.Width > 0 && !f.Settings.NoColor, Now: f.Env.Now(),
	}
}

// ShowReport prints the result of a command on standard output.
func (f *Face) ShowReport(r view.Report) error {
	err := f.View().Show(r)
	if part := (view.PartError{}); errors.As(err, &part) {
		return exit.ReportedError{Err: err}
	}
	return err
}

// NewProgress begins to show on standard error how a run goes on.
func (f *Face) NewProgress() *progress.Reporter {
	if f.InFleet != nil {
		return f.InFleet
	}
	return progress.NewReporter(f.Env.Stderr, f.ProgressStyle())
}

// ProgressStyle is how much progress is shown.
func (f *Face) ProgressStyle() progress.Style {
	return progress.Style{Terminal: f.Env.Interactive, Quiet: f.Settings.Quiet, Verbose: f.Settings.Verbose}
}

// ShowFailed shows how a run failed. Programs get the run, which holds the error; people
// get err.
func (f *Face) ShowFailed(run importer.Run, err error) error {
	if !f.Settings.IsForPrograms() || run.Error == nil {
		return err
	}
	_ = f.ShowReport(view.Summary{Run: run}) // Output remembers a failure to write
	return exit.ReportedError{Err: err}
}
