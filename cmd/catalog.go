package cmd

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
)

func catalogCommand(p *access.Access) *cobra.Command {
	var commands []*cobra.Command
	for _, t := range importer.Tables() {
		commands = append(commands, catalogTableCommand(p, t))
	}
	return usage.GroupCommand("catalog", "look", "List the imported catalogue", commands...)
}

type catalogFlags struct {
	importer.ListFilter
	filters     []string
	warehouse   string // as it was named
	inWarehouse bool   // one was named
}

func catalogTableCommand(p *access.Access, t *importer.Table) *cobra.Command {
	var f catalogFlags
	cmd := &cobra.Command{
		Use:         t.Name,
		Short:       "List the " + t.Name + " of a store",
		Long:        "List the " + t.Name + " of a store, ordered by external id." + filtersHelp(t) + catalogOutputs,
		Example:     catalogExamples(t),
		Args:        usage.NoArgs,
		Annotations: map[string]string{usage.MoreOutputs: "csv"},
		RunE: func(cmd *cobra.Command, _ []string) error {
			f.inWarehouse = cmd.Flags().Changed("warehouse")
			return listCatalog(cmd.Context(), p, t, f)
		},
	}
	cmd.Flags().StringVar(&f.Search, "search", "", "only rows that show this `TEXT`, in whatever case")
	cmd.Flags().IntVar(&f.Limit, "limit", 0, "`N` at most, 0 for all")
	if names := filterNames(t); len(names) > 0 {
		cmd.Flags().StringSliceVar(&f.filters, "filter", nil, "only rows that this `FILTER` chooses: "+strings.Join(names, ", "))
	}
	if t == importer.Stock {
		cmd.Flags().StringVar(&f.warehouse, "warehouse", "", "only levels in this `WAREHOUSE`: its id, its name or the id of its location")
	}
	return cmd
}

const catalogOutputs = `

Besides -o json and jsonl there is -o csv, for spreadsheets: text that would be
taken for a formula gets an apostrophe in front. Take jsonl to have it as it is.

Exit statuses: 0 done, 4 nothing connected yet, 64 unknown store, filter or warehouse.`

func catalogExamples(t *importer.Table) string {
	command := "  " + plain.CommandLine(connector.Typed("catalog", t.Name).For("main"))
	examples := command + "\n" + command + " --search tea --limit 10\n" + command + " -o jsonl\n" + command + " -o csv > " + t.Name + ".csv"
	if names := filterNames(t); len(names) > 0 {
		examples += "\n" + command + " --filter " + names[0]
	}
	if t == importer.Stock {
		examples += "\n" + command + " --warehouse 'Warehouse Leeds'"
	}
	return examples
}

// filtersHelp says what each filter means.
func filtersHelp(t *importer.Table) string {
	if len(t.Filters) == 0 {
		return ""
	}
	text := " --filter chooses\nthose that\n\n"
	for _, filter := range t.Filters {
		text += fmt.Sprintf("  %-14s %s\n", filter.Name, filter.Means)
	}
	return text + "\nSeveral, with commas between, must all hold."
}

func filterNames(t *importer.Table) []string {
	var names []string
	for _, filter := range t.Filters {
		names = append(names, filter.Name)
	}
	return names
}

func listCatalog(ctx context.Context, p *access.Access, t *importer.Table, f catalogFlags) error {
	for _, name := range f.filters {
		filter, err := t.Filter(name)
		if err != nil {
			return usage.Fault(usage.Again("--filter", cmp.Or(spelling.Nearest(name, filterNames(t)), filterNames(t)[0])),
				"%s; there are %s", err, strings.Join(filterNames(t), ", "))
		}
		f.Filters = append(f.Filters, filter)
	}
	return p.LookAtStore(ctx, func(ctx context.Context, db access.StateFile, c connector.Connector) (err error) {
		f.Store = c.Store
		if f.inWarehouse {
			f.At, err = placeOf(ctx, p, db, f.Store, f.warehouse)
		}
		if err != nil {
			return err
		}
		return showCatalog(ctx, p, db, t, f.ListFilter)
	})
}
