package face

import (
	"bufio"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// CanAsk reports whether somebody sits at a terminal and may be asked.
func (f *Face) CanAsk() bool { return f.Env.Interactive && !f.Settings.NoInput }

// ConfirmLoss asks before something is destroyed. The question names the store. It is asked
// in spite of --yes when the store was not named, but is the only one.
func (f *Face) ConfirmLoss(ctx context.Context, question string, yes bool) error {
	return f.ConfirmChange(ctx, question, yes && f.Settings.Store != "")
}

// ConfirmChange asks before a change that is not easily undone, unless yes is set. It fails
// where nobody can be asked.
func (f *Face) ConfirmChange(ctx context.Context, question string, yes bool) error {
	if yes {
		return nil
	}
	if !f.CanAsk() {
		return usage.Fault(usage.Again("--yes"), "this needs an answer and nobody can be asked: %s", question)
	}
	answer, err := f.answerTo(ctx, question+" [y/N] ")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(answer))) {
		f.Note("The answer was not yes: nothing was changed.")
		return exit.Status(exit.Failed)
	}
	return nil
}

// answerTo asks, and reads a line of standard input unless ctx ends first. It throws away
// what was typed before the question was shown.
func (f *Face) answerTo(ctx context.Context, question string) (string, error) {
	terminal.ForgetTyped(f.Env.Stdin)
	fmt.Fprint(f.Env.Stderr, question)
	answer, err := terminal.UnlessDone(ctx, func() (string, error) { return bufio.NewReader(f.Env.Stdin).ReadString('\n') })
	if err != nil {
		fmt.Fprintln(f.Env.Stderr) // the question's line ends with ^C or ^D
	}
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && answer == "":
		return "", f.noAnswer()
	}
	return answer, nil
}

// noAnswer is the fault of an input that ended without an answer (Ctrl-D).
func (f *Face) noAnswer() error {
	return &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was changed", Next: f.TypedLine().Again().Next(),
		Err: job.ErrNoAnswer}
}
