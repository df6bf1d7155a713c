package cmd

import (
	"errors"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify"
	"github.com/eshopos/eshopctl/state"
)

// The checks of the connection: they ask the shop.

func (e *examination) live() view.Check {
	const name = "the connector is live"
	if !e.connected {
		fault := faultOf(e.openError)
		if errors.Is(e.openError, state.ErrNoState) {
			return unknown(name, "nothing was connected yet")
		}
		return failedCheck(name, fault.Message, fault.Hint)
	}
	if e.found.State != connector.Live {
		return failedCheck(name, fmt.Sprintf("it is %s: %s", e.found.State, e.found.Reason.Text()), e.found.ConnectCommand())
	}
	return passed(name, e.found.Domain)
}

// answers asks the shop, without recording what it says: doctor changes nothing
// but a token that has to be renewed before anything can be asked.
func (e *examination) answers() view.Check {
	const name = "the shop answers and knows us"
	if !e.connected || e.found.State != connector.Live {
		return unknown(name, "there is no live connector")
	}
	shop, err := e.askShop(e.db)
	if errors.Is(err, state.ErrReadOnly) {
		var db *state.DB
		if db, err = e.openToWrite(e.ctx); err == nil {
			defer db.Close()
			shop, err = e.askShop(db)
		}
	}
	if err != nil {
		fault := faultOf(err)
		return failedCheck(name, fault.Message, e.found.Addressed(fault.Hint))
	}
	e.shop = &shop
	e.found.Scopes = shop.Scopes
	return passed(name, shop.Name)
}

func (e *examination) askShop(db *state.DB) (importer.Shop, error) {
	source, err := e.source(db, e.found, shopify.Options{}, nil)
	if err != nil {
		return importer.Shop{}, err
	}
	return source.Shop(e.ctx)
}

func (e *examination) scopes() view.Check {
	const name = "every scope that is needed is granted"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	if e.found.State != connector.Live {
		return unknown(name, "there is no live connector")
	}
	if missing := e.found.MissingScopes(); len(missing) > 0 {
		return failedCheck(name, "missing: "+strings.Join(missing, ", "), health.HowToGrant(e.found.Auth)+": "+e.found.ConnectCommand())
	}
	return passed(name, strings.Join(e.found.Scopes, ", "))
}

// sameShop holds the shop that answers against the one that was connected.
func (e *examination) sameShop() view.Check {
	const name = "the shop that answers is the one that was connected"
	switch {
	case e.shop == nil:
		return unknown(name, "no shop answered")
	case e.shop.AccountID != e.found.AccountID:
		return failedCheck(name, fmt.Sprintf("%s (%s) answers in the place of %s", e.shop.Domain, e.shop.AccountID, e.found.AccountID),
			"eshopctl disconnect shopify --store "+e.found.Store+", then "+e.found.ConnectCommand())
	}
	return passed(name, e.shop.AccountID)
}

// sameCatalogue looks for what another shop left in the catalogue.
func (e *examination) sameCatalogue() view.Check {
	const name = "the catalogue was imported from that shop"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	catalog, err := e.db.Catalog(e.ctx, e.found)
	if err != nil {
		return unknown(name, faultOf(err).Message)
	}
	former, err := catalog.Former(e.ctx)
	switch {
	case err != nil:
		return unknown(name, faultOf(err).Message)
	case len(former) > 0:
		return failedCheck(name, "it holds what was imported from "+strings.Join(former, ", "),
			fmt.Sprintf("if %s is right: eshopctl import run --store %s --account-change", e.found.Domain, e.found.Store))
	}
	if n, err := e.db.Count(e.ctx, importer.Products, state.ListFilter{Store: e.found.Store}); err != nil || n == 0 {
		return unknown(name, "nothing was imported yet")
	}
	return passed(name, "")
}

func (e *examination) rightShop() view.Check {
	const name = "the shop is the one that you mean"
	if check, ok := e.needsConnector(name); !ok {
		return check
	}
	if !e.found.Attached {
		return unknown(name, "no shop is linked")
	}
	return unknown(name, fmt.Sprintf("store %s is linked to %s (%s); if that is wrong: eshopctl disconnect shopify --store %s", e.found.Store, e.found.Domain, e.found.Account, e.found.Store))
}
