package shopify

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
)

// notRead returns the columns that are not read because the version of the API lacks the
// fields that fill them.
func notRead(c *client.Client) (all []importer.NotRead) {
	columns := c.AbsentFields().UnreadColumns()
	for _, t := range importer.Tables() {
		if names := columns[t.Name]; len(names) > 0 {
			all = append(all, importer.NotRead{
				Resource: t.Name, Fields: names, Why: importer.WhyVersion,
				Detail: fmt.Sprintf("not in API version %.20s", c.AskedVersion()),
			})
		}
	}
	return all
}
