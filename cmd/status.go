package cmd

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

type statusFlags struct {
	probe   bool
	check   bool
	metrics metricsFile
	fleet   fleetFlags
}

func (p *program) statusCommand() *cobra.Command {
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
			return p.status(cmd.Context(), f)
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

func (p *program) status(ctx context.Context, f statusFlags) error {
	if err := f.metrics.check(p); err != nil {
		return err
	}
	cards, err := p.cards(ctx, f)
	if err != nil {
		return err
	}
	if f.metrics != "" {
		if err := p.writeMetrics(ctx, f.metrics, cards); err != nil {
			return err
		}
	}
	show := p.printCards
	if f.check {
		show = p.printChecks
	}
	if err := show(cards); err != nil {
		return err
	}
	if f.check && !allGreen(cards) {
		return exit.Status(exit.NotGreen)
	}
	return nil
}

// printChecks says in a line for each store which light is not green and why.
// Scripts get the cards, and the lines beside them.
func (p *program) printChecks(cards []view.Card) error {
	out := p.face.View()
	if p.face.Settings.IsForPrograms() {
		if err := p.printCards(cards); err != nil {
			return err
		}
		out.Out = p.face.Env.Stderr
	}
	return out.Tell(view.CheckLines(p.allCards(cards)))
}

// cards are the cards of the store that was asked for, or of all. Without a
// state file there is nothing, which is no error for those who only ask.
func (p *program) cards(ctx context.Context, f statusFlags) ([]view.Card, error) {
	open := p.openToLook
	if f.probe {
		open = p.openToWrite // what the shop answers is remembered
	}
	db, err := open(ctx)
	if errors.Is(err, connector.ErrNoState) {
		return p.cardsOfNothing(), nil
	}
	if err != nil {
		return nil, err
	}
	chosen, err := p.choice().Connectors(ctx, db)
	if err != nil {
		return nil, err
	}
	if f.fleet.all {
		chosen = p.atWork(chosen)
	}
	cards, failures := make([]view.Card, len(chosen)), make([]error, len(chosen))
	job.InParallel(len(chosen), max(f.fleet.parallel, 1), func(i int) {
		cards[i], failures[i] = p.card(ctx, db, chosen[i], f)
	})
	return cards, errors.Join(failures...)
}

// card is the card of one connector, which is asked before when that is wanted.
func (p *program) card(ctx context.Context, db stateFile, c connector.Connector, f statusFlags) (view.Card, error) {
	var trouble error
	if f.probe && c.State == connector.Live {
		var err error
		if c, trouble, err = p.probed(ctx, db, c); err != nil {
			return view.Card{}, err
		}
	}
	return p.cardOf(ctx, db, c, trouble)
}

// probed asks the shop. That it cannot be asked is part of the answer; that the
// operator stopped it or the key is gone is not.
func (p *program) probed(ctx context.Context, db connector.Registry, c connector.Connector) (connector.Connector, error, error) {
	service, err := p.service(db, c.Provider)
	if err != nil {
		return c, nil, err
	}
	c, trouble := service.Probe(ctx, c)
	if trouble == nil {
		return c, nil, nil
	}
	switch fault := exit.FaultOf(trouble); fault.Code {
	case connector.Interrupted, connector.KeyUnusable, connector.StateUnusable, connector.Usage, connector.Internal:
		return c, nil, trouble
	default:
		p.face.Note("%s: %s", c.Store, plain.Line(fault.Message))
	}
	return c, trouble, nil
}

// cardsOfNothing is the answer while there is no state file.
func (p *program) cardsOfNothing() []view.Card {
	if p.face.Settings.Store == "" {
		return []view.Card{}
	}
	return []view.Card{newCard(p.factsOf(p.choice().Nobody()), nil)}
}

func (p *program) printCards(cards []view.Card) error { return p.face.Show(p.allCards(cards)) }

func (p *program) allCards(cards []view.Card) view.Cards {
	return view.Cards{List: cards, Connect: p.firstConnect()}
}

// showCard prints the card of one connector after it was changed.
func (p *program) showCard(ctx context.Context, db stateFile, c connector.Connector) error {
	made, err := p.cardOf(ctx, db, c, nil)
	if err != nil {
		return err
	}
	return p.face.Show(made)
}
