package facts

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/job"
)

// Examine gathers the facts about this machine and about the stores that are asked
// for, and has them judged.
func Examine(ctx context.Context, p *access.Access, sku string) (health.Report, error) {
	machine := machineFacts(p)
	stores, err := examinedStores(ctx, p, machine, sku)
	if ctx.Err() != nil {
		return health.Report{}, ctx.Err()
	}
	if err != nil {
		machine.StateFault, stores = exit.FaultOf(err), nil
	}
	machine.Connecting = slices.ContainsFunc(stores, needsCallback)
	whole := Known(p, p.Platforms.Usual().Unconnected(""))
	whole.Machine = machine
	whole.KeyFile = p.KeyFile()
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
func examinedStores(ctx context.Context, p *access.Access, machine *health.Machine, sku string) ([]health.Facts, error) {
	db, err := p.OpenToLook(ctx)
	if machine.NoState = errors.Is(err, connector.ErrNoState); machine.NoState {
		return []health.Facts{Known(p, p.Choice().Nobody())}, nil
	}
	if err != nil {
		return nil, err
	}
	if err := lookIntoFile(ctx, p, machine, db); err != nil {
		return nil, err
	}
	chosen, err := p.Choice().Connectors(ctx, db)
	switch {
	case err != nil:
		return nil, err
	case len(chosen) == 0:
		return []health.Facts{Known(p, p.Choice().Nobody())}, nil
	case len(chosen) > 1:
		chosen = AtWork(p, chosen)
	}
	facts, failures := make([]health.Facts, len(chosen)), make([]error, len(chosen))
	job.InParallel(len(chosen), 4, func(i int) { facts[i], failures[i] = storeFacts(ctx, p, db, chosen[i], sku) })
	return facts, errors.Join(failures...)
}

// needsCallback reports whether a store is still to be connected in the browser.
func needsCallback(f health.Facts) bool {
	c := f.Connector
	return c.State != connector.Live && cmp.Or(c.Auth, connector.Browser) == connector.Browser
}
