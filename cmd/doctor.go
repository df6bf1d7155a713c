package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

func (p *program) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "doctor",
		GroupID: "connection",
		Short:   "Check each likely cause of trouble and name the cure",
		Long: `Go through the symptoms that operators meet and check every likely cause that can
be checked here and now: settings, callback port, clock, proxy and certificates,
state file and key, connection, runs, warehouses and stock. Nothing is changed but
a token that has ended, which is renewed to ask the shop.

Exit statuses: 0 nothing failed, 1 at least one check failed.`,
		Example: "  eshopctl doctor\n  eshopctl doctor --store main\n  eshopctl doctor --store main -o json",
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return p.doctor(cmd.Context()) },
	}
}

func (p *program) doctor(ctx context.Context) error {
	e := &examination{program: p, ctx: ctx}
	defer e.close()
	e.open()
	checks := e.all()
	if err := p.showChecks(checks); err != nil {
		return err
	}
	for _, c := range checks {
		if c.Result == view.CheckFailed {
			return status(exitFailed)
		}
	}
	return ctx.Err()
}

func (p *program) showChecks(checks []view.Check) error {
	switch p.config.Output {
	case "json":
		return view.JSON(p.env.Stdout, map[string]any{"checks": checks})
	case "jsonl":
		for _, c := range checks {
			if err := view.JSONLine(p.env.Stdout, c); err != nil {
				return err
			}
		}
		return nil
	}
	return p.view().Checks(checks)
}

// examination is what the checks look at. Without a state file there is neither
// database nor connector.
type examination struct {
	*program
	ctx       context.Context
	db        *state.DB // nil when there is none to look at
	openError error
	found     connector.Connector
	connected bool           // found is a connector that is on record
	shop      *importer.Shop // nil unless it answered
}

// open looks for the state file and the connector, and asks the shop.
func (e *examination) open() {
	if e.db, e.openError = e.openToLook(e.ctx); e.openError != nil {
		return
	}
	var err error
	if e.found, err = e.connectorOf(e.ctx, e.db); err != nil {
		e.openError = err
		return
	}
	e.connected = true
}

func (e *examination) close() {
	if e.db != nil {
		_ = e.db.Close()
	}
}

// all runs the checks, symptom by symptom, as the guide lists them.
func (e *examination) all() []view.Check {
	var checks []view.Check
	for _, symptom := range []struct {
		name  string
		tests []func() view.Check
	}{
		{"nothing works at all", []func() view.Check{e.stateFile, e.key, e.proxy, e.certificates}},
		{"the connector stays inactive after connect", []func() view.Check{e.client, e.callback, e.port, e.lastAttempt, e.clock}},
		{"the connection is not healthy", []func() view.Check{e.live, e.answers, e.scopes}},
		{"the wrong external shop appears", []func() view.Check{e.sameShop, e.sameCatalogue, e.rightShop}},
		{"import jobs never appear", []func() view.Check{e.runsExist, e.lastRun, e.nobodyHolds}},
		{"reconnect succeeded, but the data looks stale", []func() view.Check{e.freshness}},
		{"a rerun creates duplicate warehouses", []func() view.Check{e.linked, e.names}},
		{"stock looks wrong", []func() view.Check{e.warehousesImported, e.levelsImported, e.stockWarnings, e.tracked}},
	} {
		for _, test := range symptom.tests {
			check := test()
			check.Symptom = symptom.name
			checks = append(checks, check)
		}
	}
	return checks
}

func passed(name, detail string) view.Check {
	return view.Check{Name: name, Result: view.CheckPassed, Detail: detail}
}

func unknown(name, detail string) view.Check {
	return view.Check{Name: name, Result: view.CheckUnknown, Detail: detail}
}

func failedCheck(name, detail, cure string) view.Check {
	return view.Check{Name: name, Result: view.CheckFailed, Detail: detail, Cure: cure}
}

// needsConnector is the answer of checks that look at a connected store.
func (e *examination) needsConnector(name string) (view.Check, bool) {
	if e.connected {
		return view.Check{}, true
	}
	return unknown(name, "no store is connected"), false
}
