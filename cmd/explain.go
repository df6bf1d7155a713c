package cmd

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

func explainCommand(p *access.Access) *cobra.Command {
	return usage.GroupCommand("explain", "look", "Find out where a value comes from, or where it stopped", explainStockCommand(p))
}

func explainStockCommand(p *access.Access) *cobra.Command {
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
		RunE: func(cmd *cobra.Command, args []string) error { return explainStock(cmd.Context(), p, args[0]) },
	}
}

func explainStock(ctx context.Context, p *access.Access, sku string) error {
	if strings.TrimSpace(sku) == "" {
		return usage.Fault(connector.Typed("explain stock", "POT-1").Next(), "an empty SKU names nothing")
	}
	// The state file is opened for writing because a token may have to be renewed.
	return p.WorkAtStore(ctx, func(ctx context.Context, db access.StateFile, c connector.Connector) error {
		if _, err := importer.ReadyResources(c, []connector.Resource{connector.Stock}); err != nil {
			return err
		}
		shop, err := p.ShopOf(db, c, access.Approach{})
		if err != nil {
			return err
		}
		explained, err := job.ExplainStock(ctx, db, shop, c, sku)
		if err != nil {
			return err
		}
		return p.Face.ShowReport(view.Explanations{Store: c.Store, SKU: sku, Variants: explained})
	})
}
