package facts

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// storeFacts are what there is to know about one store. The error is one of the
// state file; what the shop says, or that it says nothing, is a fact.
func (g *Gatherer) storeFacts(ctx context.Context, db State, c connector.Connector, sku string) (health.Facts, error) {
	facts := g.Known(c)
	if err := addRuns(ctx, db, &facts); err != nil {
		return facts, err
	}
	held, err := heldBy(ctx, db, c)
	if err != nil {
		return facts, err
	}
	facts.Contents = held
	if c.State == connector.Live {
		facts.Key = g.keyOf(ctx, db, c)
		g.askShop(ctx, db, &facts)
	}
	facts.ShopClock = g.clockOf(ctx, c)
	facts.Now = g.Now()
	switch {
	case sku != "" && facts.Answer != nil && facts.Answer.Fault == nil:
		facts.SKU, err = g.skuFacts(ctx, db, facts.Connector, sku)
	case sku != "":
		facts.SKU = &health.SKU{Name: sku}
	}
	return facts, err
}

func (g *Gatherer) keyOf(ctx context.Context, db connector.Registry, c connector.Connector) *health.Key {
	if _, err := db.Secrets(ctx, c); err != nil {
		return &health.Key{Fault: g.Classify(err)}
	}
	return &health.Key{}
}

// askShop asks the shop who it is and what it grants, and puts that into the
// connector of the facts. Nothing is written but a token that has ended.
func (g *Gatherer) askShop(ctx context.Context, db State, facts *health.Facts) {
	c := facts.Connector
	if facts.Key.Fault != nil || c.Sandbox != (facts.App.SandboxURL != "") {
		return // the token must not go there, or there is none
	}
	shop, err := g.describeShop(ctx, db, c)
	if errors.Is(err, connector.ErrReadOnly) {
		var writable StateHandle
		if writable, err = g.OpenBeside(ctx); err == nil {
			defer writable.Close()
			shop, err = g.describeShop(ctx, writable, c)
		}
	}
	facts.Answer = &health.Answer{Shop: shop, Before: c}
	if err != nil {
		facts.Answer.Fault = g.Classify(err)
		return
	}
	if now, err := db.Connector(ctx, c.Store, c.Provider); err == nil && now.Generation == c.Generation {
		facts.Connector = now // its token may have been renewed
	}
	facts.Connector.Scopes, facts.Connector.Trouble = shop.Scopes, ""
}

// describeShop is the shop of a connector as it describes itself.
func (g *Gatherer) describeShop(ctx context.Context, db State, c connector.Connector) (importer.Shop, error) {
	source, err := g.Shops.Shop(db, c)
	if err != nil {
		return importer.Shop{}, err
	}
	return source.Shop(ctx)
}

// clockOf is the clock of the shop that the store is linked to or was to be, zero
// when nobody says what time it is there.
func (g *Gatherer) clockOf(ctx context.Context, c connector.Connector) time.Time {
	provider, err := g.Shops.Provider(c.Provider)
	if c.Domain == "" || err != nil || c.Sandbox != provider.Sandbox() {
		return time.Time{}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return provider.Clock(ctx, c.Domain)
}

// skuFacts walks the stock of a SKU from the shop to its rows, as explain does, and
// keeps what stopped it. A shop that cannot be asked about its stock is no finding here:
// the cause is one of its own.
func (g *Gatherer) skuFacts(ctx context.Context, db State, c connector.Connector, sku string) (*health.SKU, error) {
	found := &health.SKU{Name: sku}
	if _, err := importer.ReadyResources(c, []connector.Resource{connector.Stock}); err != nil {
		return found, nil
	}
	shop, err := g.Shops.Shop(db, c)
	if err != nil {
		return found, g.ofState(err)
	}
	explained, err := job.ExplainStock(ctx, db, shop, c, sku)
	if err != nil {
		return found, g.ofState(err)
	}
	found.Seen, found.Stops = true, stopsOf(explained)
	return found, nil
}

// ofState is an error that is about the state file or a bug, nil for one of the shop.
func (g *Gatherer) ofState(err error) error {
	if code := g.Classify(err).Code; code == connector.StateUnusable || code == connector.Internal {
		return err
	}
	return nil
}

// heldBy is what the state file tells of a store beside its runs.
func heldBy(ctx context.Context, db State, c connector.Connector) (*health.Contents, error) {
	held := &health.Contents{}
	catalog, err := db.Catalog(ctx, c)
	if err == nil {
		held.Former, err = catalog.FormerShops(ctx)
	}
	if err != nil {
		return nil, err
	}
	if lock := db.StoreLock(c.ID()); lock.IsHeld() {
		held.AtWork = lock.Holder(ctx)
	}
	if held.Products, err = db.CountRows(ctx, importer.Products, importer.ListFilter{Store: c.Store}); err != nil {
		return nil, err
	}
	if held.Levels, err = db.CountRows(ctx, importer.Stock, importer.ListFilter{Store: c.Store}); err != nil {
		return nil, err
	}
	if held.Untracked, err = db.CountUntracked(ctx, c.Store); err != nil {
		return nil, err
	}
	if held.Edited, err = db.CountEdited(ctx, c); err != nil {
		return nil, err
	}
	if held.Warehouses, err = heldWarehouses(ctx, db, c); err != nil {
		return nil, err
	}
	held.Free, err = freeLocations(ctx, db, c, held.Warehouses)
	return held, err
}

// heldWarehouses are the warehouses of a store, with what is known of those that stand
// for no location.
func heldWarehouses(ctx context.Context, db job.Warehouses, c connector.Connector) (held []health.Warehouse, err error) {
	all, err := db.Warehouses(ctx, c.Store)
	if err != nil {
		return nil, err
	}
	for _, w := range all {
		held = append(held, health.Warehouse{ID: w.ID, Name: w.Name, LocationID: w.ExternalID})
	}
	unlinked, err := db.UnlinkedWarehouses(ctx, c)
	for _, w := range unlinked {
		known := &held[slices.IndexFunc(held, func(h health.Warehouse) bool { return h.ID == w.ID })]
		known.StoodFor = w.Location
		if w.Double != nil {
			known.Double, known.Newer = w.Double.ID, w.IsNewerThan(*w.Double)
		}
	}
	return held, err
}

// freeLocations are the locations for which no warehouse stands, of the last read of
// the shop. A read that can no longer be looked at tells nothing.
func freeLocations(ctx context.Context, db State, c connector.Connector, warehouses []health.Warehouse) ([]health.Location, error) {
	last, err := db.LastSnapshot(ctx, c.ID())
	if errors.Is(err, importer.ErrNotKept) || importer.IsUnreadable(err) || err == nil && last.Info().Shop.AccountID != c.AccountID {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var free []health.Location
	for record, err := range importer.RecordsOf(last, importer.Warehouses) {
		if importer.IsUnreadable(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		l := health.Location{ID: record[0].Text(), Name: record[importer.Warehouses.Column("name")].Text()}
		if !slices.ContainsFunc(warehouses, func(w health.Warehouse) bool { return w.LocationID == l.ID }) {
			free = append(free, l)
		}
	}
	return free, nil
}
