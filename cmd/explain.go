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
		if _, err := importer.Ready(c, []connector.Resource{connector.Stock}); err != nil {
			return err
		}
		i := &inquiry{program: p, ctx: ctx, db: db, connector: c, asked: sku}
		explained, err := i.explain()
		if err != nil {
			return err
		}
		return p.face.Show(view.Explanations{Store: c.Store, SKU: sku, Variants: explained})
	})
}

// inquiry gathers what is known about the stock of one SKU.
type inquiry struct {
	*program
	ctx       context.Context
	db        stateFile
	connector connector.Connector
	asked     string

	variants   []importer.Record // rows of the SKU
	seen       []importer.Sighting
	warehouses map[string]*checking.WarehouseEvidence // by location
	run        *checking.StockRun
	notRead    []importer.NotRead         // of the tables in question
	read       map[string]importer.Record // what that run found of the items, by key
	remarks    map[string]importer.Remark // what it remarked, by resource and external id
}

func (i *inquiry) explain() ([]checking.Explanation, error) {
	for _, gather := range []func() error{i.findRows, i.lookAtShop, i.findWarehouses, i.findRun} {
		if err := gather(); err != nil {
			return nil, err
		}
	}
	var explained []checking.Explanation
	for _, evidence := range i.evidence() {
		if err := i.addLevels(evidence); err != nil {
			return nil, err
		}
		evidence.NotRead = i.notRead
		explained = append(explained, evidence.Explain())
	}
	return explained, nil
}

// findRows finds the variants that have the SKU here.
func (i *inquiry) findRows() error {
	asked := strings.TrimSpace(i.asked)
	for row, err := range i.db.List(i.ctx, importer.Variants, importer.ListFilter{Store: i.connector.Store, Search: asked}) {
		if err != nil {
			return err
		}
		variant := row[1:] // without the local id
		if importer.SameSKU(variant[importer.Variants.Column("sku")].Text(), asked) || variant[0].Text() == asked {
			i.variants = append(i.variants, variant)
		}
	}
	return nil
}

func (i *inquiry) lookAtShop() error {
	source, err := i.shopOf(i.db, i.connector, approach{})
	if err != nil {
		return err
	}
	shop, err := source.Shop(i.ctx)
	if err != nil {
		return err
	}
	if err := importer.SameShop(i.connector, shop); err != nil {
		return err
	}
	i.connector.Scopes = shop.Scopes
	if err := importer.Granted(i.connector, importer.KindImport, []connector.Resource{connector.Stock}); err != nil {
		return err
	}
	var known []string
	for _, variant := range i.variants {
		known = append(known, variant[0].Text())
	}
	i.seen, err = source.Sightings(i.ctx, strings.TrimSpace(i.asked), known)
	return err
}

func (i *inquiry) findWarehouses() error {
	warehouses, err := i.db.Warehouses(i.ctx, i.connector.Store)
	if err != nil {
		return err
	}
	i.warehouses = map[string]*checking.WarehouseEvidence{}
	for _, w := range warehouses {
		if w.ExternalID != "" {
			i.warehouses[w.ExternalID] = &checking.WarehouseEvidence{ID: w.ID, Name: w.Name, Active: w.Active, Missing: w.MissingSince != ""}
		}
	}
	return nil
}

// evidence is one for each variant that the shop or the store has, or one
// without either.
func (i *inquiry) evidence() []*checking.VariantEvidence {
	var all []*checking.VariantEvidence
	rows := map[string]importer.Record{}
	for _, row := range i.variants {
		rows[row[0].Text()] = row
	}
	for n := range i.seen {
		id := i.seen[n].ID
		all = append(all, &checking.VariantEvidence{Store: i.connector.Store, Asked: i.asked, Seen: &i.seen[n], Row: rows[id]})
		delete(rows, id)
	}
	for _, row := range i.variants {
		if rows[row[0].Text()] != nil {
			all = append(all, &checking.VariantEvidence{Store: i.connector.Store, Asked: i.asked, Row: row})
		}
	}
	if len(all) == 0 {
		all = append(all, &checking.VariantEvidence{Store: i.connector.Store, Asked: i.asked})
	}
	return all
}
