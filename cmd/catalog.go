package cmd

import (
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

func (p *program) catalogCommand() *cobra.Command {
	var commands []*cobra.Command
	for _, t := range importer.Tables() {
		commands = append(commands, p.catalogTableCommand(t))
	}
	return group("catalog", "look", "List the imported catalogue", commands...)
}

func (p *program) catalogTableCommand(t *importer.Table) *cobra.Command {
	var filter state.ListFilter
	cmd := &cobra.Command{
		Use:   t.Name,
		Short: "List the " + t.Name + " of a store",
		Long:  "List the " + t.Name + " of a store, ordered by external id.\n\nExit statuses: 0 done, 4 nothing connected yet, 64 unknown store.",
		Example: `  eshopctl catalog ` + t.Name + ` --store main
  eshopctl catalog ` + t.Name + ` --store main --search tea --limit 10
  eshopctl catalog ` + t.Name + ` --store main -o jsonl`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.listCatalog(cmd.Context(), t, filter) },
	}
	cmd.Flags().StringVar(&filter.Search, "search", "", "only rows with this text in an id, name, SKU or the like")
	cmd.Flags().IntVar(&filter.Limit, "limit", 0, "how many at most, 0 for all")
	return cmd
}

func (p *program) listCatalog(ctx context.Context, t *importer.Table, filter state.ListFilter) error {
	db, err := p.openToLook(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	c, err := p.connectorOf(ctx, db)
	if err != nil {
		return err
	}
	filter.Store = c.Store
	return p.showCatalog(ctx, db, t, filter)
}
