package shopify

import (
	"cmp"
	"context"
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/results"
)

// Source reads one shop for an import. It must not be used by several goroutines at a time.
type Source struct {
	client  *client.Client
	options Options
	quicker func(forecast, client.Points) importer.Reader
	shop    *importer.Shop // nil before the shop was asked
}

var _ importer.Source = (*Source)(nil)

// Options say how a shop is read. The zero value is ready to use.
type Options struct {
	Reader importer.Reader // "" means ReaderAuto
	// Ledger remembers bulk operations from one run to the next; nil remembers none.
	Ledger importer.Ledger
	Temp   scratch.Folder // for the files of bulk operations
	// BulkPatience is how long a bulk operation may make no progress; 0 means
	// DefaultBulkPatience.
	BulkPatience time.Duration
}

// DefaultBulkPatience is how long a bulk operation may make no progress. Operations have
// been reported that went on after minutes, none that went on after longer.
const DefaultBulkPatience = 10 * time.Minute

// NewSource returns a source that reads the shop which client asks.
func NewSource(client *client.Client, options Options) *Source {
	if options.Ledger == nil {
		options.Ledger = bulk.NoLedger{}
	}
	options.Reader = cmp.Or(options.Reader, importer.ReaderAuto)
	options.BulkPatience = cmp.Or(options.BulkPatience, DefaultBulkPatience)
	return &Source{client: client, options: options, quicker: forecast.quickerReader}
}

// Shop returns who the shop is and which scopes it grants. It asks the shop the first time
// only. The scopes are as Shopify lists them: a write scope implies its read scope, which
// then need not be listed. Errors are a *connector.Fault whose Reason says what they mean for
// the connection.
func (s *Source) Shop(ctx context.Context) (importer.Shop, error) {
	if s.shop != nil {
		return *s.shop, nil
	}
	shop, err := s.client.Shop(ctx)
	if err != nil {
		return importer.Shop{}, err
	}
	s.shop = &shop
	return shop, nil
}

// Read gives all that the shop holds of the resources to intake. It fails with a
// *connector.Fault unless every list was read to its end and agrees with the shop's own
// count. Stock brings its variants and warehouses with it, even if nobody asked for those.
func (s *Source) Read(ctx context.Context, resources []connector.Resource, intake importer.Intake) (importer.Reading, error) {
	r, err := s.beginReading(ctx, intake)
	if err != nil {
		return importer.Reading{}, err
	}
	reading, err := r.readEverything(ctx, resources, s.options.Reader)
	if err != nil {
		return importer.Reading{}, err
	}
	s.remarkVersion(intake)
	return reading, nil
}

// RereadParent gives one record and all its parts once more. It gives nothing when the shop has the
// record no longer.
func (s *Source) RereadParent(ctx context.Context, parent importer.ParentRef, intake importer.Intake) error {
	r, err := s.beginReading(ctx, intake)
	if err != nil {
		return err
	}
	return r.pages.Reread(ctx, parent)
}

// Sightings returns variants as the shop shows them now: those with the SKU asked, in any
// case of its letters, or the one with the id asked, and those with the known ids. Variants
// that the shop does not have are left out.
func (s *Source) Sightings(ctx context.Context, asked string, known []string) ([]importer.Sighting, error) {
	return pages.Sightings(ctx, s.client, asked, known)
}

func (s *Source) beginReading(ctx context.Context, intake importer.Intake) (*shopReader, error) {
	shop, err := s.Shop(ctx)
	if err != nil {
		return nil, err
	}
	sum := &records.Sum{}
	before := results.NewComparison(intake.GivenBefore(), sum, func() string { return fmt.Sprint(notRead(s.client)) })
	items := records.NewSharedItems(intake)
	give := records.NewGiver(intake, shop.Currency, sum, s.client.SparedFields)
	pages := pages.New(s.client, intake, give, items)
	desk := bulk.NewDesk(client.NewOperations(s.client), s.options.Ledger, s.options.Temp, intake.NewSorter, s.options.BulkPatience)
	results := &results.Reader{Client: s.client, Intake: intake, Desk: desk, Give: give, Items: items, Pages: pages, Before: before}
	return &shopReader{
		listReaders: listReaders{pages, results},
		client:      s.client, intake: intake, began: s.client.Time(), items: items, before: before,
		quicker: s.quicker, fallbacks: fallbacks{intake: intake, told: map[string]bool{}},
	}, nil
}

// remarkVersion remarks that Shopify answered with another version than the one asked for, as
// it does once that version is no longer supported
// (https://shopify.dev/docs/api/usage/versioning).
func (s *Source) remarkVersion(intake importer.Intake) {
	answered := s.client.Version()
	if answered == s.client.AskedVersion() {
		return
	}
	intake.AddRemark(importer.Remark{
		Code: importer.WarnAPIVersion, Severity: importer.Warning,
		Message: fmt.Sprintf("Shopify answered with API version %.20s instead of %s", decode.Quoted(answered), s.client.AskedVersion()),
		Next:    connector.Advice("look for a newer eshopctl, or set ESHOPCTL_SHOPIFY_API_VERSION to a version that Shopify still offers"),
	})
}
