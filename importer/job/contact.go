package job

import (
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// meetShop asks the shop who it is and what it grants now, and stores that with the
// connector. Only then is it known whether all that the run is to read can be read.
func (w *work) meetShop(ctx context.Context, source importer.Source) error {
	contact, err := w.env.Shops.Contact(w.connector)
	if err != nil {
		return err
	}
	shop, err := source.Shop(ctx)
	if err != nil {
		return err
	}
	if w.connector, err = contact.Met(ctx, w.connector, accountOf(shop)); err != nil {
		return err
	}
	if err := failpoint.Reach("preview/contacted"); err != nil {
		return err
	}
	wanted := w.run.Resources
	w.run.WillRead(w.connector, wanted)
	return importer.CheckGranted(w.connector, w.run.Kind, wanted)
}

// accountOf returns a shop as the connector package describes it.
func accountOf(shop importer.Shop) connector.Account {
	return connector.Account{
		ID: shop.AccountID, Domain: shop.Domain, Name: shop.Name, Currency: shop.Currency,
		Scopes: slices.Sorted(slices.Values(shop.Scopes)), APIVersion: shop.APIVersion,
	}
}

// learnFrom stores with the connector what an error says about it, and returns the error to
// report. If the shop refused something in the middle of a read it is asked again what it
// grants, which may have changed.
func (w *work) learnFrom(ctx context.Context, err error) error {
	w.haste.noteCause(w.env, err)
	last, cancel := w.haste.lastWords(ctx)
	defer cancel()
	contact, broken := w.env.Shops.Contact(w.connector)
	var short *importer.ShortError
	var denied *importer.DeniedError
	code := w.env.Classify(err).Code
	switch {
	case broken != nil, code == connector.Interrupted, errors.As(err, &short):
		return err
	case errors.As(err, &denied):
		if stopped := w.askOnceMore(ctx, contact); stopped != nil {
			return stopped
		}
		return denied.AsTold(w.connector, w.run.Kind, w.run.Resources)
	case code == connector.ScopeMissing:
		if stopped := w.askOnceMore(ctx, contact); stopped != nil {
			return stopped
		}
		if short := importer.CheckGranted(w.connector, w.run.Kind, w.run.Resources); short != nil {
			return short
		}
		return err
	}
	w.connector, _ = contact.Missed(last, w.connector, err)
	return err
}

// askOnceMore asks the shop what it grants. It fails only if the job is stopped: the run
// has its error already.
func (w *work) askOnceMore(ctx context.Context, contact Contact) error {
	w.connector, _ = contact.Probe(ctx, w.connector)
	return ctx.Err()
}
