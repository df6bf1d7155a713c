package cmd

import (
	"context"
	"errors"
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// contact asks the shop who it is and what it grants now, which the connector
// remembers. Only then it is known whether all that was wished for can be read.
func (s *session) contact(ctx context.Context, source importer.Source, want wish) error {
	if err := s.meet(ctx, source); err != nil {
		return err
	}
	if err := failpoint.Reach("preview/contacted"); err != nil {
		return err
	}
	s.run.WillRead(s.connector, want.resources)
	return importer.Granted(s.connector, s.run.Kind, want.resources)
}

func (s *session) meet(ctx context.Context, source importer.Source) error {
	service, err := s.service(s.db)
	if err != nil {
		return err
	}
	shop, err := source.Shop(ctx)
	if err != nil {
		return err
	}
	s.connector, err = service.Met(ctx, s.connector, accountOf(shop))
	return err
}

// accountOf is a shop as the connection knows it.
func accountOf(shop importer.Shop) connector.Account {
	return connector.Account{
		ID: shop.AccountID, Domain: shop.Domain, Name: shop.Name, Currency: shop.Currency,
		Scopes: slices.Sorted(slices.Values(shop.Scopes)), APIVersion: shop.APIVersion,
	}
}

// learn has the connector remember what a failure says about it, and returns the
// failure as it is told. Whoever is refused something in the middle of a read asks
// once more what is granted: that may have changed meanwhile, which only the shop can
// say.
func (s *session) learn(ctx context.Context, err error) error {
	s.hurried = isHurried(err)
	last, cancel := s.lastWords(ctx)
	defer cancel()
	service, broken := s.service(s.db)
	var short *importer.ShortError
	var denied *importer.DeniedError
	fault := faultOf(err)
	switch {
	case broken != nil, fault.Code == connector.Interrupted, errors.As(err, &short):
		return err
	case errors.As(err, &denied):
		if stopped := s.askOnceMore(ctx, service); stopped != nil {
			return stopped
		}
		return denied.Told(s.connector, s.run.Kind, s.run.Resources)
	case fault.Code == connector.ScopeMissing:
		if stopped := s.askOnceMore(ctx, service); stopped != nil {
			return stopped
		}
		if short := importer.Granted(s.connector, s.run.Kind, s.run.Resources); short != nil {
			return short
		}
		return err
	}
	s.connector, _ = service.Missed(last, s.connector, err)
	return err
}

// askOnceMore asks the shop what it grants. It fails only when somebody stops the
// program meanwhile: the run has its error already.
func (s *session) askOnceMore(ctx context.Context, service *connector.Service) error {
	s.connector, _ = service.Probe(ctx, s.connector)
	return ctx.Err()
}
