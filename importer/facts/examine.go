package facts

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/job"
)

// Examine gathers the facts about this machine and about the stores that are asked
// for, and has them judged.
func (g *Gatherer) Examine(ctx context.Context, sku string) (health.Report, error) {
	machine := g.machineFacts()
	stores, err := g.examinedStores(ctx, machine, sku)
	if ctx.Err() != nil {
		return health.Report{}, ctx.Err()
	}
	if err != nil {
		machine.StateFault, stores = g.Classify(err), nil
	}
	machine.Connecting = slices.ContainsFunc(stores, needsCallback)
	whole := g.Known(g.usual().Unconnected(""))
	whole.Machine = machine
	whole.KeyFile = g.Settings.KeyFile()
	examined := health.ExamineMachine(whole)
	judged := make([]health.Examination, len(stores))
	for i, facts := range stores {
		judged[i] = health.Examine(facts, examined)
	}
	return health.ReportOf(examined, judged...), nil
}

// examinedStores are the facts about each store to examine: the one that was asked
// for or the only one, else all that were not disconnected on purpose. While there
// is none it is one without a name, which shows what keeps it from being connected.
func (g *Gatherer) examinedStores(ctx context.Context, machine *health.Machine, sku string) ([]health.Facts, error) {
	db, err := g.Open(ctx)
	if machine.NoState = errors.Is(err, connector.ErrNoState); machine.NoState {
		return []health.Facts{g.Known(g.Settings.Choice.NeverConnected())}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := g.lookIntoFile(ctx, machine, db); err != nil {
		return nil, err
	}
	chosen, err := g.Settings.Choice.Connectors(ctx, db)
	switch {
	case err != nil:
		return nil, err
	case len(chosen) == 0:
		return []health.Facts{g.Known(g.Settings.Choice.NeverConnected())}, nil
	case len(chosen) > 1:
		chosen = AtWork(chosen, g.LeftOut)
	}
	facts, failures := make([]health.Facts, len(chosen)), make([]error, len(chosen))
	job.InParallel(len(chosen), 4, func(i int) { facts[i], failures[i] = g.storeFacts(ctx, db, chosen[i], sku) })
	return facts, errors.Join(failures...)
}

// AtWork are the connectors without those that were disconnected on purpose, each of
// which leftOut is called with.
func AtWork(all []connector.Connector, leftOut func(connector.Connector)) []connector.Connector {
	return slices.DeleteFunc(all, func(c connector.Connector) bool {
		disconnected := c.Reason == connector.Disconnected
		if disconnected {
			leftOut(c)
		}
		return disconnected
	})
}

// needsCallback reports whether a store is still to be connected in the browser.
func needsCallback(f health.Facts) bool {
	c := f.Connector
	return c.State != connector.Live && cmp.Or(c.Auth, connector.Browser) == connector.Browser
}
