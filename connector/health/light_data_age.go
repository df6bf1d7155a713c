package health

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// The age of the data, over everything that the connector was set up for.

func neverImported(f Facts) *Trouble {
	for _, resource := range f.resources() {
		if _, imported := f.Freshness[resource]; !imported {
			detail := string(resource) + " never imported"
			if len(f.Freshness) == 0 {
				detail = "never imported"
			}
			return f.outOfDate(detail, Since{}, Red)
		}
	}
	return nil
}

// resources are those whose age counts. Without a shop they are those that it left.
func (f Facts) resources() []connector.Resource {
	if f.Connector.Attached || len(f.Freshness) == 0 {
		return f.Connector.SetUpFor()
	}
	return slices.Sorted(maps.Keys(f.Freshness))
}

func (f Facts) outOfDate(detail string, since Since, colour Light) *Trouble {
	return Trouble{Detail: detail, Since: since,
		Cure: do("bring the data up to date; reconnecting imports nothing", f.command("import run"))}.colours(DataAgeLamp, colour)
}

func tooOld(f Facts) *Trouble { return f.olderThan(f.Ages.Fail, Red) }

func ratherOld(f Facts) *Trouble { return f.olderThan(f.Ages.Warn, Yellow) }

// olderThan reports the resource that is furthest beyond its limit.
func (f Facts) olderThan(limits Limits, colour Light) *Trouble {
	var worst connector.Resource
	most := time.Duration(0)
	for _, resource := range f.resources() {
		fresh, imported := f.Freshness[resource]
		if over := f.Now.Sub(fresh.AsOf) - limits.For(resource); imported && over > most {
			worst, most = resource, over
		}
	}
	if worst == "" {
		return nil
	}
	return f.outOfDate(fmt.Sprintf("%s older than %s", worst, Short(limits.For(worst))),
		Since{"read from the shop", f.Freshness[worst].AsOf}, colour)
}

func fromTheFuture(f Facts) *Trouble {
	for _, resource := range f.resources() {
		if fresh, imported := f.Freshness[resource]; imported && fresh.AsOf.Sub(f.Now) > importer.ClockSkew {
			return Trouble{
				Detail: fmt.Sprintf("%s read in the future, so the clock here is or was wrong", resource), Since: Since{"read from the shop",
					fresh.AsOf},
				Cure: do("set the clock of this machine if it is wrong now; then import again:", f.command("import run")),
			}.colours(DataAgeLamp, Yellow)
		}
	}
	return nil
}

func ageWell(f Facts) (Result, string) {
	return Passed, "all of it was read within " + Short(f.Ages.Warn.All)
}
