package cmd

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
	"github.com/eshopos/eshopctl/importer/job"
)

func (p *program) explainCommand() *cobra.Command {
	return usage.Group("explain", "look", "Find out where a value comes from, or where it stopped", p.explainStockCommand())
}

func (p *program) explainStockCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "stock SKU",
		Short: "Walk the stock of a SKU from the shop to its row",
		Long: `Walk every gate that the stock of a SKU passes, from the shop to the stored row:
does the shop have it, track it, stock it, and where; is the location mapped; which
run read it; was it written, read back, edited since; is it still the same. The
first gate that fails is marked. SKU may also be a variant's external id. The shop
is asked about this SKU only, and nothing is written.

Exit statuses: 0 explained, whatever was found, 4 not connected or a scope is
missing, 7 temporary.`,
		Example: `  eshopctl explain stock POT-1 --store main
  eshopctl explain stock "TEA 100/A" --store main -o json
  eshopctl explain stock gid://shopify/ProductVariant/1005 --store main`,
		Args: usage.OneArg("SKU"),
		RunE: func(cmd *cobra.Command, args []string) error { return p.explainStock(cmd.Context(), args[0]) },
	}
}

func (p *program) explainStock(ctx context.Context, sku string) error {
	if strings.TrimSpace(sku) == "" {
		return usage.Fault(connector.Typed("explain stock", "POT-1").Next(), "an empty SKU names nothing")
	}
	return p.workAtStore(ctx, func(ctx context.Context, db stateFile, c connector.Connector) error { // a token may have to be renewed
		if _, err := importer.ReadyResources(c, []connector.Resource{connector.Stock}); err != nil {
			return err
		}
		explained, err := p.explained(ctx, db, c, sku)
		if err != nil {
			return err
		}
		return p.face.Show(view.Explanations{Store: c.Store, SKU: sku, Variants: explained})
	})
}

// explained is the stock of a SKU from the shop to its rows.
func (p *program) explained(ctx context.Context, db stateFile, c connector.Connector, sku string) ([]checking.Explanation, error) {
	shop, err := p.shopOf(db, c, approach{})
	if err != nil {
		return nil, err
	}
	return job.ExplainStock(ctx, db, shop, c, sku)
}
