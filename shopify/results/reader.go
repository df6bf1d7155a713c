package results

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/records"
)

// The lists of a shop as bulk operations. Each operation is flat, so that a part
// may stand far from what it belongs to; the assembly of the snapshot brings them
// together. Nothing of a list is given before all of its results are there and whole.

// Reader reads the lists of a shop as bulk operations, and by pages what these cannot
// tell.
type Reader struct {
	Client *client.Client
	Intake importer.Intake
	Desk   *bulk.Desk
	Give   records.Giver
	Items  *records.SharedItems
	Pages  *pages.Reader
	Before *Comparison
}
