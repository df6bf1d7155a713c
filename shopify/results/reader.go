package results

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/pages"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reader reads the lists of a shop as bulk operations, and by pages what operations do not say.
// All fields must be set.
//
// A part may stand far from its root in a result; the importer brings them together. No
// record of a list is given before all results of the list have arrived and are verified.
type Reader struct {
	Client *client.Client
	Intake importer.Intake
	Desk   *bulk.Desk
	Give   records.Giver
	Items  *records.SharedItems // gets the inventory item of each variant
	Pages  *pages.Reader        // for what results do not say
	Before *Comparison          // with the snapshot before
}
