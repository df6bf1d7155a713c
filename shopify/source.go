package shopify

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
)

// Source reads one shop for an import. It serves one reading at a time.
type Source struct {
	client  *Client
	options Options
	quicker func(forecast, throttleStatus) importer.Reader
	shop    *importer.Shop // nil before it was asked
}

var _ importer.Source = (*Source)(nil)

// Options say how a shop is read. The zero value is fit for use.
type Options struct {
	Reader importer.Reader // what the operator asked for; "" is ReaderAuto
	Ledger importer.Ledger // of bulk operations; nil forgets them
	// BulkPatience is how long a bulk operation may make no progress; 0 means
	// DefaultBulkPatience.
	BulkPatience time.Duration
}

// DefaultBulkPatience is how long a bulk operation may stand still. Reports of
// operations that came to life again after minutes are known, of longer ones not.
const DefaultBulkPatience = 10 * time.Minute

// NewSource returns the shop behind client as a source.
func NewSource(client *Client, options Options) *Source {
	if options.Ledger == nil {
		options.Ledger = bulk.Forgetful{}
	}
	options.Reader = cmp.Or(options.Reader, importer.ReaderAuto)
	options.BulkPatience = cmp.Or(options.BulkPatience, DefaultBulkPatience)
	return &Source{client: client, options: options, quicker: forecast.quicker}
}

// Shop is who the shop is and which scopes it grants, asked once. The scopes stand
// as Shopify lists them: a write scope implies its read scope, which need not be
// listed beside it. Errors are *connector.Fault, with what they mean for the connection.
func (s *Source) Shop(ctx context.Context) (importer.Shop, error) {
	if s.shop != nil {
		return *s.shop, nil
	}
	shop, err := s.askShop(ctx)
	if err != nil {
		return importer.Shop{}, withReason(err)
	}
	s.shop = &shop
	return shop, nil
}

func (s *Source) askShop(ctx context.Context) (importer.Shop, error) {
	var data struct {
		Shop struct {
			ID, MyshopifyDomain, CurrencyCode string `must:"be"`
			Name                              string
		} `must:"be"`
		CurrentAppInstallation struct {
			AccessScopes []struct {
				Handle string `must:"be"`
			} `must:"be"`
		} `must:"be"`
	}
	if err := s.client.ask(ctx, shopDocument, nil, &data); err != nil {
		return importer.Shop{}, err
	}
	if !fits(shopIDs, data.Shop.ID) || !isCurrency(data.Shop.CurrencyCode) {
		odd := fmt.Errorf("the shop %.60q that trades in %.60q", data.Shop.ID, data.Shop.CurrencyCode)
		return importer.Shop{}, misfitting(s.client.domain, shopDocument, odd).fault
	}
	if !isShopDomain(data.Shop.MyshopifyDomain) {
		return importer.Shop{}, &connector.Fault{Code: connector.ProviderFault, Message: s.client.domain + " does not say which shop it is", Next: tryLater}
	}
	shop := importer.Shop{
		AccountID: data.Shop.ID, Domain: data.Shop.MyshopifyDomain, Name: storable(cmp.Or(data.Shop.Name, data.Shop.MyshopifyDomain)),
		Currency: data.Shop.CurrencyCode, APIVersion: s.client.Version(),
	}
	for _, scope := range data.CurrentAppInstallation.AccessScopes {
		if !isID(scope.Handle) { // it is stored, and decides what is read
			odd := fmt.Errorf("it grants %.60q, which is no name of a scope", scope.Handle)
			return importer.Shop{}, misfitting(s.client.domain, shopDocument, odd).fault
		}
		shop.Scopes = append(shop.Scopes, scope.Handle)
	}
	return shop, nil
}

// isCurrency reports whether a code could be one of ISO 4217.
func isCurrency(code string) bool {
	return len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// Read gives everything that the shop holds of the resources to intake. It
// returns when every list was read to its end and agrees with the shop's own
// count, and otherwise fails with a *connector.Fault. For stock alone its
// variants and warehouses are given too.
func (s *Source) Read(ctx context.Context, resources []connector.Resource, intake importer.Intake) (importer.Reading, error) {
	r, err := s.begin(ctx, intake)
	if err != nil {
		return importer.Reading{}, err
	}
	reading, err := r.everything(ctx, resources, s.options.Reader)
	if err != nil {
		return importer.Reading{}, err
	}
	s.remarkVersion(intake)
	return reading, nil
}

// Reread gives one record and its parts once more, in full, or nothing when the
// shop does not have it any more.
func (s *Source) Reread(ctx context.Context, parent importer.ParentRef, intake importer.Intake) error {
	r, err := s.begin(ctx, intake)
	if err != nil {
		return err
	}
	switch parent.Part {
	case importer.Variants, importer.Media:
		return r.productAgain(ctx, parent)
	case importer.Memberships:
		return r.collectionAgain(ctx, parent)
	}
	return fmt.Errorf("%s are not parts of another record", parent.Part.Name)
}

func (s *Source) begin(ctx context.Context, intake importer.Intake) (*reading, error) {
	shop, err := s.Shop(ctx)
	if err != nil {
		return nil, err
	}
	desk := bulk.NewDesk(&bulkShop{client: s.client}, s.options.Ledger, s.client.temp, intake.NewSorter, s.options.BulkPatience)
	pages := &pageSum{}
	before := newAsBefore(intake.Given(), pages, func() string { return fmt.Sprint(s.client.notRead()) })
	return &reading{
		client: s.client, bulk: desk, quicker: s.quicker, currency: shop.Currency, intake: intake, began: s.client.shopTime(),
		items: newSharedItems(intake), pages: pages, before: before,
	}, nil
}

// remarkVersion tells that Shopify answered with another version than the one
// asked for, as it does when that has ended.
func (s *Source) remarkVersion(intake importer.Intake) {
	answered := s.client.Version()
	if answered == s.client.version {
		return
	}
	intake.Remark(importer.Remark{
		Code: importer.WarnAPIVersion, Severity: importer.Warning,
		Message: fmt.Sprintf("Shopify answered with API version %.20s instead of %s", quoted(answered), s.client.version),
		Next:    connector.Advice("look for a newer eshopctl, or set ESHOPCTL_SHOPIFY_API_VERSION to a version that Shopify still offers"),
	})
}
