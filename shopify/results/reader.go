package results

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reader reads the lists of a shop as bulk operations, and by pages what these cannot
// tell. All fields must be set.
//
// Each operation is flat, so that a part may stand far from what it belongs to; the
// importer brings them together. Nothing of a list is given before all of its results are
// there and whole.
type Reader struct {
	Client *client.Client
	Intake importer.Intake
	Desk   *bulk.Desk
	Give   records.Giver        // of lines
	Items  *records.SharedItems // told of each variant
	Pages  *pages.Reader        // of what results do not tell
	Before *Comparison          // with the snapshot before
}
