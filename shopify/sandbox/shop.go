package sandbox

import (
	"io"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/admin"
	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/merchant"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/platform"
	"github.com/eshopos/eshopctl/shopify/sandbox/shops"
)

// Shop is a shop as it is served: what its merchant does to it, how it treats the app, and what is out of the
// ordinary. Its methods are safe for use from several goroutines, also while a server answers from it.
type Shop struct {
	*merchant.Merchant
	Account *oauth.Account

	records *catalogue.Shop
	front   platform.Front
	bulk    *bulk.Desk
	odd     admin.Oddities // guarded by the mutex of the records, as the points are
	points  graph.Bucket
}

// NewShop returns an empty shop at the given myshopify.com domain.
func NewShop(domain, name, currency string) *Shop {
	return shopOf(catalogue.New(domain, name, currency))
}

// DefaultShop makes a small shop for tea and tableware. It is believable, and it holds every shape that
// surprises importers.
func DefaultShop() *Shop { return shopOf(shops.DefaultShop()) }

// Generate makes a shop of n products with about five variants each, at four locations and in collections.
// The same n gives the same shop.
func Generate(n int) *Shop { return shopOf(shops.GeneratedShop(n)) }

// FromCSV makes a shop of files in Shopify's product CSV format. What cannot be read is refused with file, line, column
// and handle.
func FromCSV(files ...io.Reader) (*Shop, error) {
	records, err := shops.FromCSV(files...)
	if err != nil {
		return nil, err
	}
	return shopOf(records), nil
}

func shopOf(records *catalogue.Shop) *Shop {
	return &Shop{Merchant: merchant.New(records), records: records, Account: oauth.NewAccount(), bulk: bulk.NewDesk(records)}
}

// openAt makes the shop ready to be served.
func (s *Shop) openAt(clock func() time.Time, url string, points graph.Bucket) {
	s.records.Lock()
	defer s.records.Unlock()
	s.records.Clock = clock
	s.Account.OpenAt(clock)
	s.bulk.OpenAt(url + bulkFilePath)
	s.points = points
}
