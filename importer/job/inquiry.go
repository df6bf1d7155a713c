package job

import (
	"context"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// Evidence is all that is stored about the stock of a SKU.
type Evidence interface {
	Rows
	PastRuns
	Warehouses
}

// Shop is one connected shop.
type Shop interface {
	importer.Source
	// Sightings returns what the shop shows of the variants with that SKU or id, and of the
	// variants with these ids.
	Sightings(ctx context.Context, asked string, ids []string) ([]importer.Sighting, error)
}

// inquiry gathers what is known about the stock of one SKU.
type inquiry struct {
	ctx       context.Context
	db        Evidence
	shop      Shop
	connector connector.Connector
	asked     string

	variants   []importer.Record // rows of the SKU
	seen       []importer.Sighting
	warehouses map[string]*checking.WarehouseEvidence // by location
	run        *checking.StockRun
	notRead    []importer.NotRead         // fields of variants and stock that the run did not read
	read       map[string]importer.Record // levels that the run read, by key
	remarks    map[string]importer.Remark // remarks of the run, by resource and external id
}

// findRows finds the variants with the SKU in the store.
func (i *inquiry) findRows() error {
	asked := strings.TrimSpace(i.asked)
	for row, err := range i.db.ListRows(i.ctx, importer.Variants, importer.ListFilter{Store: i.connector.Store, Search: asked}) {
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
	shop, err := i.shop.Shop(i.ctx)
	if err != nil {
		return err
	}
	if err := importer.SameShop(i.connector, shop); err != nil {
		return err
	}
	i.connector.Scopes = shop.Scopes
	if err := importer.CheckGranted(i.connector, importer.KindImport, []connector.Resource{connector.Stock}); err != nil {
		return err
	}
	var known []string
	for _, variant := range i.variants {
		known = append(known, variant[0].Text())
	}
	i.seen, err = i.shop.Sightings(i.ctx, strings.TrimSpace(i.asked), known)
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
			i.warehouses[w.ExternalID] = &checking.WarehouseEvidence{ID: w.ID, Name: w.Name, Active: w.Active,
				Missing: w.MissingSince != ""}
		}
	}
	return nil
}

// variantEvidence returns one piece of evidence for each variant in the shop or the store,
// or an empty one if there is none.
func (i *inquiry) variantEvidence() []*checking.VariantEvidence {
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
