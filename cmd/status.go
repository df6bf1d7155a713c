package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/facts"
	"github.com/eshopos/eshopctl/importer/job"
)

type statusFlags struct {
	probe   bool
	check   bool
	metrics metricsFile
	fleet   fleetFlags
}

func statusCommand(p *access.Access) *cobra.Command {
	var f statusFlags
	cmd := &cobra.Command{
		Use:     "status",
		GroupID: "connection",
		Short:   "Show whether the connection, the last run and the data are well",
		Long: `Show for each store how it is connected, and three lights that are not mixed up:
connection, last run, and age of the data.

Without --probe nothing is asked of the shop: the connection is shown as it was
found last. With --check there is one line for each store, which says which light
is not green and why; with --quiet as well, only for stores that are not well. With
--all-stores nothing is said of stores that were disconnected on purpose.

Exit statuses: 0 shown, 9 with --check when a light is not green.`,
		Example: `  eshopctl status
  eshopctl status --store main --probe
  eshopctl status --check --all-stores --max-age 6h --quiet
  eshopctl status --metrics-file /var/lib/node_exporter/eshopctl.prom
  eshopctl status -o json`,
		Args: usage.NoArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := f.fleet.check(p, args); err != nil {
				return err
			}
			return showStatus(cmd.Context(), p, f)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.probe, "probe", false, "ask the shop now")
	flags.BoolVar(&f.check, "check", false, "exit with 9 unless all lights are green")
	settings.AddAges(flags)
	f.metrics.add(cmd)
	f.fleet.add(cmd)
	return cmd
}

func showStatus(ctx context.Context, p *access.Access, f statusFlags) error {
	if err := f.metrics.check(p); err != nil {
		return err
	}
	cards, err := cardsOf(ctx, p, f)
	if err != nil {
		return err
	}
	if f.metrics != "" {
		if err := writeMetrics(ctx, p, f.metrics, cards); err != nil {
			return err
		}
	}
	show := printCards
	if f.check {
		show = printChecks
	}
	if err := show(p, cards); err != nil {
		return err
	}
	if f.check && !allGreen(cards) {
		return exit.Status(exit.NotGreen)
	}
	return nil
}

// printChecks prints a line for each store: which light is not green, and why. Programs get
// the cards, and the lines on standard error.
func printChecks(p *access.Access, cards []view.Card) error {
	out := p.Face.View()
	if p.Face.Settings.IsForPrograms() {
		if err := printCards(p, cards); err != nil {
			return err
		}
		out.Out = p.Face.Env.Stderr
	}
	return out.Tell(view.CheckLines(allCards(p, cards)))
}

// cardsOf are the cards of the chosen store, or of all. It is no error that there is no
// state file yet.
func cardsOf(ctx context.Context, p *access.Access, f statusFlags) ([]view.Card, error) {
	open := p.OpenToLook
	if f.probe {
		open = p.OpenToWrite // what the shop answers is remembered
	}
	db, err := open(ctx)
	if errors.Is(err, connector.ErrNoState) {
		return cardsOfNothing(p), nil
	}
	if err != nil {
		return nil, err
	}
	chosen, err := p.ChosenStore().Connectors(ctx, db)
	if err != nil {
		return nil, err
	}
	if f.fleet.all {
		chosen = facts.AtWork(chosen, p.NoteLeftOut)
	}
	cards, failures := make([]view.Card, len(chosen)), make([]error, len(chosen))
	job.InParallel(len(chosen), max(f.fleet.parallel, 1), func(i int) {
		cards[i], failures[i] = cardAsked(ctx, p, db, chosen[i], f)
	})
	return cards, errors.Join(failures...)
}

// cardAsked is the card of one connector, after asking its shop if --probe was given.
func cardAsked(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector, f statusFlags) (view.Card, error) {
	var trouble error
	if f.probe && c.State == connector.Live {
		var err error
		if c, trouble, err = probeConnector(ctx, p, db, c); err != nil {
			return view.Card{}, err
		}
	}
	return cardOf(ctx, p, db, c, trouble)
}

// probeConnector asks the shop. trouble is why the shop did not answer, which the card
// shows; err is not about the shop, such as a missing key or Ctrl-C, and ends the command.
func probeConnector(
	ctx context.Context, p *access.Access, db connector.Registry, c connector.Connector,
) (probed connector.Connector, trouble, err error) {
	service, err := p.Service(db, c.Provider)
	if err != nil {
		return c, nil, err
	}
	c, trouble = service.Probe(ctx, c)
	if trouble == nil {
		return c, nil, nil
	}
	switch fault := exit.FaultOf(trouble); fault.Code {
	case connector.Interrupted, connector.KeyUnusable, connector.StateUnusable, connector.Usage, connector.Internal:
		return c, nil, trouble
	default:
		p.Face.Note("%s: %s", c.Store, plain.Line(fault.Message))
	}
	return c, trouble, nil
}

// cardsOfNothing are the cards while there is no state file.
func cardsOfNothing(p *access.Access) []view.Card {
	if p.Face.Settings.Store == "" {
		return []view.Card{}
	}
	return []view.Card{view.CardOf(p.Facts().Known(p.ChosenStore().NeverConnected()), nil)}
}

func printCards(p *access.Access, cards []view.Card) error {
	return p.Face.ShowReport(allCards(p, cards))
}

func allCards(p *access.Access, cards []view.Card) view.Cards {
	return view.Cards{List: cards, Connect: p.Face.FirstConnect()}
}

// showCard prints the card of a connector after a change.
func showCard(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector) error {
	made, err := cardOf(ctx, p, db, c, nil)
	if err != nil {
		return err
	}
	return p.Face.ShowReport(made)
}
