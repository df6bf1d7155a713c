package cmd

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// addTypedYes gives a command that destroys its --yes. What was set once for
// imports, which are confirmed every night, must not remove anything.
func addTypedYes(cmd *cobra.Command, yes *bool) {
	cmd.Flags().BoolVarP(yes, "yes", "y", false, "do not ask; counts on the command line only")
	_ = cmd.Flags().SetAnnotation("yes", settings.OnlyTyped, []string{"true"}) // the flag is there
}

// canAsk reports whether somebody sits at a terminal and may be asked.
func (p *program) canAsk() bool { return p.env.Interactive && !p.config.NoInput }

// connectorToDestroy is the connector of the store from which something will be
// taken, at a provider if one was named. Only where the question shows its name is the
// only store meant without being named.
func (p *program) connectorToDestroy(ctx context.Context, db connector.Registry, provider string) (connector.Connector, error) {
	if p.config.Store != "" || p.canAsk() {
		c, err := p.connectorAt(ctx, db, provider)
		if fault := (*connector.Fault)(nil); errors.As(err, &fault) && p.config.Store != "" {
			fault.Next = connector.Typed("status").Next() // and not the same for the store that was perhaps meant
		}
		return c, err
	}
	all, err := db.Connectors(ctx)
	if err == nil {
		err = usage.Fault(usage.Again("--store", "NAME"), "which store? Where nobody is asked it must be named, by --store, ESHOPCTL_STORE or the configuration; there are: %s",
			cmp.Or(strings.Join(namesOf(all), ", "), "none"))
	}
	return connector.Connector{}, err
}

// confirmLoss asks before something is taken away. The question names the store,
// and is asked in spite of --yes when nobody else has named it.
func (p *program) confirmLoss(ctx context.Context, question string, yes bool) error {
	return p.confirm(ctx, question, yes && p.config.Store != "")
}

// confirm asks before something that is not easily taken back. Where nobody can
// be asked, --yes must have been given.
func (p *program) confirm(ctx context.Context, question string, yes bool) error {
	if yes {
		return nil
	}
	if !p.canAsk() {
		return usage.Fault(usage.Again("--yes"), "this needs an answer and nobody can be asked: %s", question)
	}
	answer, err := p.answerTo(ctx, question+" [y/N] ")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"y", "yes"}, strings.ToLower(strings.TrimSpace(answer))) {
		p.note("The answer was not yes: nothing was changed.")
		return exit.Status(exit.Failed)
	}
	return nil
}

// answerTo asks and reads a line of standard input, unless ctx ends first. What
// was typed before the question was seen is no answer to it.
func (p *program) answerTo(ctx context.Context, question string) (string, error) {
	terminal.ForgetTyped(p.env.Stdin)
	fmt.Fprint(p.env.Stderr, question)
	answer, err := terminal.UnlessDone(ctx, func() (string, error) { return bufio.NewReader(p.env.Stdin).ReadString('\n') })
	if err != nil {
		fmt.Fprintln(p.env.Stderr) // the question's line ends with ^C or ^D
	}
	switch {
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && answer == "":
		return "", p.noAnswer()
	}
	return answer, nil
}

// noAnswer is the fault of an input that ended in the place of an answer: Ctrl-D.
func (p *program) noAnswer() error {
	return &connector.Fault{Code: connector.Usage, Message: "no answer came; nothing was changed", Next: p.typed().Again().Next(), Err: job.ErrNoAnswer}
}
