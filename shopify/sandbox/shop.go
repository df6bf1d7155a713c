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
	Records *catalogue.Shop
	Account *oauth.Account
	Front   platform.Front
	Desk    *bulk.Desk
	odd     admin.Oddities // guarded by the mutex of the records, as the points are
	points  graph.Bucket
}

// DefaultShop makes a small shop for tea and tableware. It is believable, and it holds every shape that
// surprises importers.
func DefaultShop() *Shop { return ShopWith(shops.DefaultShop()) }

// Generate makes a shop of n products with about five variants each, at four locations and in collections.
// The same n gives the same shop.
func Generate(n int) *Shop { return ShopWith(shops.GeneratedShop(n)) }

// FromCSV makes a shop of files in Shopify's product CSV format. What cannot be read is refused with file, line, column
// and handle.
func FromCSV(files ...io.Reader) (*Shop, error) {
	records, err := shops.FromCSV(files...)
	if err != nil {
		return nil, err
	}
	return ShopWith(records), nil
}

// ShopWith is the shop that has these records; the app is not installed.
func ShopWith(records *catalogue.Shop) *Shop {
	return &Shop{Merchant: merchant.New(records), Records: records, Account: oauth.NewAccount(), Desk: bulk.NewDesk(records)}
}

// openAt makes the shop ready to be served.
func (s *Shop) openAt(clock func() time.Time, url string, points graph.Bucket) {
	s.Records.Lock()
	defer s.Records.Unlock()
	s.Records.Clock = clock
	s.Account.OpenAt(clock)
	s.Desk.OpenAt(url + bulkFilePath)
	s.points = points
}
