package cmd

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// candidates are what the shell offers for a word. Those that the state file
// knows are looked up; whatever goes wrong then, nothing is offered.
type candidates func(p *access.Access, cmd *cobra.Command) []cobra.Completion

// argumentCandidates complete arguments by the word that stands for them in
// the usage line.
var argumentCandidates = map[string]candidates{
	"RUN":       known(runCandidates("")),
	"PLAN":      known(runCandidates(importer.KindPreview)),
	"WAREHOUSE": known(warehouseCandidates),
	"LOCATION":  known(locationCandidates),
}

// flagCandidates complete the values of flags, whatever command has them.
var flagCandidates = map[string]candidates{
	"store":              known(storeCandidates),
	"from":               known(runCandidates("")),
	"accept-warnings-of": known(runCandidates("")),
	"output":             func(_ *access.Access, cmd *cobra.Command) []cobra.Completion { return usage.Outputs(cmd) },
	"only":               resourceCandidates,
	"reader":             fixed(string(importer.ReaderAuto), string(importer.ReaderBulk), string(importer.ReaderPaged)),
	"auth":               fixed(string(connector.Browser), string(connector.ClientCredentials), string(connector.AdminToken)),
	"kind":               fixed(runKinds...),
	"status":             fixed(runStatuses...),
	"action":             fixed(changeActions...),
	"resource":           fixed(tableNames()...),
	"code":               codeCandidates,
	"fail-on":            codeCandidates,
	"filter":             filterCandidates,
	"warehouse":          known(warehouseCandidates),
}

// addCompletion lets the shell complete the arguments and flags of a command and
// of all below it.
func addCompletion(p *access.Access, cmd *cobra.Command) {
	if words := strings.Fields(cmd.Use); len(words) > 1 && cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) >= len(words)-1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			argument := strings.Trim(words[1+len(args)], "[]")
			offer, ok := argumentCandidates[argument]
			if argument == p.Platforms.Argument() {
				offer, ok = fixed(p.Platforms.Names()...), true
			}
			if !ok {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return offerWords(p, cmd, offer, begun)
		}
	}
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if offer, ok := flagCandidates[flag.Name]; ok {
			_ = cmd.RegisterFlagCompletionFunc(flag.Name, func(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
				return offerWords(p, cmd, offer, begun)
			}) // a flag that another command registered already completes as well
		}
	})
	for _, below := range cmd.Commands() {
		addCompletion(p, below)
	}
}

// offerWords keeps what goes on from the word that was begun, which may be a list
// with commas between.
func offerWords(p *access.Access, cmd *cobra.Command, all candidates, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	done := begun[:strings.LastIndex(begun, ",")+1]
	var fitting []cobra.Completion
	for _, candidate := range all(p, cmd) {
		chosen := slices.Contains(strings.Split(done, ","), strings.SplitN(candidate, "\t", 2)[0])
		if !chosen && strings.HasPrefix(candidate, begun[len(done):]) {
			fitting = append(fitting, done+candidate)
		}
	}
	return fitting, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

// resourceCandidates are the resources; where they are remembered, all of them is a
// choice too.
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

func tableNames() []string {
	var names []string
	for _, table := range importer.Tables() {
		names = append(names, table.Name)
	}
	return names
}

func fixed(words ...string) candidates {
	return func(*access.Access, *cobra.Command) []cobra.Completion { return words }
}

// untilCompleted is how long somebody who pressed the tab key waits.
const untilCompleted = time.Second

// known looks candidates up in the state file, without waiting for anybody.
func known(look func(context.Context, *access.Access, access.StateFile) []cobra.Completion) candidates {
	return func(p *access.Access, cmd *cobra.Command) []cobra.Completion {
		if p.Configure(cmd, nil) != nil {
			return nil
		}
		ctx, cancel := context.WithTimeout(context.Background(), untilCompleted)
		defer cancel()
		db, err := p.OpenToLook(ctx)
		if err != nil {
			return nil
		}
		return look(ctx, p, db)
	}
}

// described makes a candidate with what the shell shows beside it. Its text may
// come from a shop.
func described(word, format string, args ...any) cobra.Completion {
	return cobra.CompletionWithDesc(word, plain.Cut(plain.Line(fmt.Sprintf(format, args...)), 60))
}

func storeCandidates(ctx context.Context, _ *access.Access, db access.StateFile) []cobra.Completion {
	all, _ := db.Connectors(ctx)
	var found []cobra.Completion
	for _, c := range all {
		found = append(found, described(c.Store, "%s, %s", c.Domain, c.State))
	}
	return found
}

// runsOffered is how many runs a shell offers, the newest first.
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

// warehouseCandidates offers ids: names may hold anything.
func warehouseCandidates(ctx context.Context, p *access.Access, db access.StateFile) []cobra.Completion {
	c, err := p.Choice().Connector(ctx, db, "")
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
	run, err := p.Choice().Run(ctx, db, "latest")
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
	for _, help := range help.Remarks {
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
