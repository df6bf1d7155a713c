package cmd

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// The checks of what was imported.

func (e *examination) runsExist() view.Check {
	const name = "an import was run"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	last, err := e.db.LastRun(e.ctx, e.found.Store, importer.KindImport)
	if err != nil {
		return failedCheck(name, faultOf(err).Message, faultOf(err).Hint)
	}
	if last == nil {
		return failedCheck(name, "none yet; connecting and previewing import nothing", "eshopctl import run --store "+e.found.Store)
	}
	return passed(name, last.ID)
}

func (e *examination) lastRun() view.Check {
	const name = "the last import went well"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	last, err := e.db.LastRun(e.ctx, e.found.Store, importer.KindImport)
	if err != nil || last == nil {
		return unknown(name, "there is none")
	}
	if last.Status == importer.Failed || last.Status == importer.Interrupted || last.Status == importer.Partial {
		detail := string(last.Status)
		if last.Error != nil {
			detail += ": " + last.Error.Message
		}
		return failedCheck(name, detail, "eshopctl runs show "+last.ID)
	}
	return passed(name, string(last.Status))
}

func (e *examination) nobodyHolds() view.Check {
	const name = "no other run holds the store"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	if lock := e.db.StoreLock(e.found.Store); lock.Held() {
		return failedCheck(name, lock.Holder(e.ctx).String(), "wait until it has ended")
	}
	return passed(name, "")
}

func (e *examination) freshness() view.Check {
	const name = "the data is not older than a day"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	ages, err := e.db.Freshness(e.ctx, e.found)
	if err != nil || len(ages) == 0 {
		return unknown(name, "nothing was imported yet")
	}
	for _, resource := range e.found.SetUpFor() {
		fresh, imported := ages[resource]
		if !imported || e.env.Now().Sub(fresh.AsOf) > defaultMaxAge {
			return failedCheck(name, fmt.Sprintf("%s are older; reconnecting imports nothing", resource), "eshopctl import run --store "+e.found.Store)
		}
	}
	return passed(name, "")
}

// warehouses are the warehouses of the store, nil when there are none to see.
func (e *examination) warehouses() []view.Warehouse {
	if !e.connected {
		return nil
	}
	all, err := warehousesOf(e.ctx, e.db, e.found.Store)
	if err != nil {
		return nil
	}
	return all
}

func (e *examination) linked() view.Check {
	const name = "every warehouse stands for a location"
	all := e.warehouses()
	if len(all) == 0 {
		return unknown(name, "there are no warehouses yet")
	}
	for _, w := range all {
		if !w.Linked {
			return failedCheck(name, fmt.Sprintf("warehouse %s (%q) is not linked", w.ID, w.Name),
				fmt.Sprintf("eshopctl warehouses link %s LOCATION --store %s", w.ID, e.found.Store))
		}
	}
	return passed(name, "renames on either side change nothing")
}

func (e *examination) names() view.Check {
	const name = "no two warehouses have one name"
	seen := map[string]bool{}
	all := e.warehouses()
	for _, w := range all {
		if seen[w.Name] {
			return unknown(name, fmt.Sprintf("several are named %q; each stands for its own location, but people may mix them up", w.Name))
		}
		seen[w.Name] = true
	}
	if len(all) == 0 {
		return unknown(name, "there are no warehouses yet")
	}
	return passed(name, "")
}

func (e *examination) warehousesImported() view.Check {
	const name = "the locations were imported"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	if len(e.warehouses()) == 0 {
		return failedCheck(name, "there is no warehouse", "eshopctl import run --store "+e.found.Store)
	}
	return passed(name, fmt.Sprintf("%d warehouses", len(e.warehouses())))
}

func (e *examination) levelsImported() view.Check {
	const name = "stock levels were imported"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	n, err := e.db.Count(e.ctx, importer.Stock, state.ListFilter{Store: e.found.Store})
	if err != nil || n == 0 {
		return failedCheck(name, "there are none", "eshopctl import run --store "+e.found.Store)
	}
	return passed(name, view.Count(n)+" levels")
}

func (e *examination) stockWarnings() view.Check {
	const name = "the last import had no stock warnings"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	last, err := e.db.LastRun(e.ctx, e.found.Store, importer.KindImport)
	if err != nil || last == nil {
		return unknown(name, "there was none")
	}
	var found, codes []string
	for _, code := range slices.Sorted(maps.Keys(last.WarningsBy)) {
		if n := last.WarningsBy[code]; strings.HasPrefix(code, "W-STOCK-") && n > 0 {
			found, codes = append(found, view.Count(n)+" of "+code), append(codes, code)
		}
	}
	cure := "eshopctl runs warnings " + last.ID
	switch len(codes) {
	case 0:
		return passed(name, "")
	case 1:
		cure += " --code " + codes[0]
	}
	return failedCheck(name, strings.Join(found, ", "), cure)
}

func (e *examination) tracked() view.Check {
	const name = "the variants are tracked in the shop"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	n, err := e.db.Untracked(e.ctx, e.found.Store)
	if err != nil {
		return unknown(name, faultOf(err).Message)
	}
	if n > 0 {
		return unknown(name, view.Count(n)+" are not; their stock numbers mean nothing and are left out of totals")
	}
	if all, err := e.db.Count(e.ctx, importer.Variants, state.ListFilter{Store: e.found.Store}); err != nil || all == 0 {
		return unknown(name, "nothing was imported yet")
	}
	return passed(name, "")
}
