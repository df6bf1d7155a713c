package completion

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// resourceCandidates are the resources, and "all" for connect, which remembers its choice.
func resourceCandidates(_ *access.Access, cmd *cobra.Command) []cobra.Completion {
	if cmd.Name() == "connect" {
		return append(resourceNames(), connector.EveryResource)
	}
	return resourceNames()
}

func resourceNames() []string {
	var names []string
	for _, resource := range connector.Resources() {
		names = append(names, string(resource))
	}
	return names
}

func storeCandidates(ctx context.Context, _ *access.Access, db access.StateFile) []cobra.Completion {
	all, _ := db.Connectors(ctx)
	var found []cobra.Completion
	for _, c := range all {
		found = append(found, described(c.Store, "%s, %s", c.Domain, c.State))
	}
	return found
}

// runsOffered is how many runs the shell offers at most, newest first.
const runsOffered = 20

func runCandidates(kind importer.Kind) func(context.Context, *access.Access, access.StateFile) []cobra.Completion {
	return func(ctx context.Context, p *access.Access, db access.StateFile) []cobra.Completion {
		runs, _ := db.Runs(ctx, importer.RunFilter{Store: p.Face.Settings.Store, Kind: string(kind), Limit: runsOffered})
		found := []cobra.Completion{described("latest", "the newest")}
		for _, run := range runs {
			found = append(found, described(run.ID, "%s of %s, %s", run.Kind, run.Store, run.Status))
		}
		return found
	}
}

// warehouseCandidates offers ids, because names may hold characters that shells do not
// take.
func warehouseCandidates(ctx context.Context, p *access.Access, db access.StateFile) []cobra.Completion {
	c, err := p.ChosenStore().Connector(ctx, db, "")
	if err != nil {
		return nil
	}
	warehouses, _ := db.Warehouses(ctx, c.Store)
	var found []cobra.Completion
	for _, w := range warehouses {
		linked := "stands for no location"
		if w.ExternalID != "" {
			linked = "stands for " + w.ExternalID
		}
		found = append(found, described(w.ID, "%s, %s", w.Name, linked))
	}
	return found
}

// locationCandidates offers the locations that the latest run could not match.
func locationCandidates(ctx context.Context, p *access.Access, db access.StateFile) []cobra.Completion {
	run, err := p.ChosenStore().FindRun(ctx, db, "latest")
	if err != nil {
		return nil
	}
	var found []cobra.Completion
	for remark, err := range db.Remarks(ctx, run.PlanID(), importer.RejectWarehouseAmbiguous) {
		if err != nil || len(found) == runsOffered {
			break
		}
		found = append(found, described(remark.ExternalID, "%s", remark.Message))
	}
	return found
}

func codeCandidates(*access.Access, *cobra.Command) []cobra.Completion {
	var found []cobra.Completion
	for _, help := range help.Remarks() {
		found = append(found, described(help.Code, "%s", help.Meaning))
	}
	return found
}

func filterCandidates(_ *access.Access, cmd *cobra.Command) []cobra.Completion {
	table := importer.TableNamed(cmd.Name())
	if table == nil {
		return nil
	}
	var found []cobra.Completion
	for _, filter := range table.Filters {
		found = append(found, described(filter.Name, "%s", filter.Means))
	}
	return found
}
