package cmd

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/job"
)

// examine gathers the facts about this machine and about the stores that are asked
// for, and has them judged.
func (p *program) examine(ctx context.Context, sku string) (health.Report, error) {
	machine := p.machineFacts()
	stores, err := p.examinedStores(ctx, machine, sku)
	if ctx.Err() != nil {
		return health.Report{}, ctx.Err()
	}
	if err != nil {
		machine.StateFault, stores = exit.FaultOf(err), nil
	}
	machine.Connecting = slices.ContainsFunc(stores, needsCallback)
	whole := p.factsOf(p.platforms.usual().Unconnected(""))
	whole.Machine = machine
	whole.KeyFile = p.keyFile()
	examined := health.ExamineMachine(whole)
	judged := make([]health.Examined, len(stores))
	for i, facts := range stores {
		judged[i] = health.Examine(facts, examined)
	}
	return health.ReportOf(examined, judged...), nil
}

// examinedStores are the facts about each store to examine: the one that was asked
// for or the only one, else all that were not disconnected on purpose. While there
// is none it is one without a name, which shows what keeps it from being connected.
func (p *program) examinedStores(ctx context.Context, machine *health.Machine, sku string) ([]health.Facts, error) {
	db, err := p.openToLook(ctx)
	if machine.NoState = errors.Is(err, connector.ErrNoState); machine.NoState {
		return []health.Facts{p.factsOf(p.choice().Nobody())}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := p.lookIntoFile(ctx, machine, db); err != nil {
		return nil, err
	}
	chosen, err := p.choice().Connectors(ctx, db)
	switch {
	case err != nil:
		return nil, err
	case len(chosen) == 0:
		return []health.Facts{p.factsOf(p.choice().Nobody())}, nil
	case len(chosen) > 1:
		chosen = p.atWork(chosen)
	}
	facts, failures := make([]health.Facts, len(chosen)), make([]error, len(chosen))
	job.InParallel(len(chosen), 4, func(i int) { facts[i], failures[i] = p.storeFacts(ctx, db, chosen[i], sku) })
	return facts, errors.Join(failures...)
}

// needsCallback reports whether a store is still to be connected in the browser.
func needsCallback(f health.Facts) bool {
	c := f.Connector
	return c.State != connector.Live && cmp.Or(c.Auth, connector.Browser) == connector.Browser
}
