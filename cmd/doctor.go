package cmd

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/spelling"
)

func doctorCommand(p *access.Access) *cobra.Command {
	all := false
	cmd := &cobra.Command{
		Use:       "doctor [connection|stock [SKU]|warehouses|data]",
		GroupID:   "connection",
		Short:     "Find the cause of trouble and name the cure",
		ValidArgs: topicNames(),
		Long: `Say whether something is wrong and, if so, what the cause is, with a command that
cures it. What only follows from a cause is named below it, and checks that passed
are counted; --all lists every check by its symptom. Warnings and other things worth
a look are notes: nothing is wrong with a store that has some.

What is looked at: state file and key, proxy and certificates, settings of the app,
callback, clock, connection, scopes, runs, age of the data, warehouses and stock. A
topic looks at one part only, and "stock SKU" at the stock of that SKU as well. The
shop is asked; nothing is changed but a token that has ended, which is renewed.

Without --store this machine and every store is examined, but those that were
disconnected on purpose; with one store that one. Lights and findings are those of
"eshopctl status", with the same --max-age and --error-age.

Exit statuses: 0 nothing is wrong, 1 something is wrong, 64 unknown topic.`,
		Example: `  eshopctl doctor
  eshopctl doctor --store main --all
  eshopctl doctor stock POT-1 --store main
  eshopctl doctor data --max-age 6h -o json`,
		Args: topicArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return runDoctor(cmd.Context(), p, args, all) },
	}
	cmd.Flags().BoolVar(&all, "all", false, "list every check, also those that passed")
	settings.AddAges(cmd.Flags())
	return cmd
}

func topicNames() []string {
	var names []string
	for _, topic := range health.Topics() {
		names = append(names, string(topic))
	}
	return names
}

// topicArgs takes a topic, and a SKU after the topic stock.
func topicArgs(cmd *cobra.Command, args []string) error {
	known := topicNames()
	switch {
	case len(args) == 0:
		return nil
	case !slices.Contains(known, args[0]):
		next := usage.SeeHelp(cmd)
		if near := spelling.Nearest(args[0], known); near != "" {
			next = usage.Instead(cmd, append([]string{near}, args[1:]...)...)
		}
		return usage.Fault(next, "doctor knows nothing about %.80q: the topics are %s", args[0], strings.Join(known, ", "))
	case len(args) > 2 || len(args) == 2 && health.Topic(args[0]) != health.Stock:
		return usage.Fault(usage.Instead(cmd, args[0]), "too much was typed after %q", args[0])
	case len(args) == 2 && strings.TrimSpace(args[1]) == "":
		return usage.Fault(usage.Instead(cmd, "stock", "POT-1"), "an empty SKU names nothing")
	}
	return nil
}

func runDoctor(ctx context.Context, p *access.Access, args []string, all bool) error {
	topic, sku := health.Topic(""), ""
	if len(args) > 0 {
		topic = health.Topic(args[0])
	}
	if len(args) > 1 {
		sku = args[1]
	}
	report, err := p.Facts().Examine(ctx, sku)
	if err != nil {
		return err
	}
	report = report.About(topic)
	if err := p.Face.ShowReport(view.Checkup{Report: report, All: all}); err != nil {
		return err
	}
	if len(report.Causes()) > 0 {
		return exit.Status(exit.Failed)
	}
	return ctx.Err()
}
