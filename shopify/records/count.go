package records

import "github.com/eshopos/eshopctl/importer"

// Count is how many records the shop says that there are. Without a precision the shop did not
// say. Precision AT_LEAST means a lower bound
// (https://shopify.dev/docs/api/admin-graphql/latest/objects/Count).
type Count struct {
	Count     int    `must:"be"`
	Precision string `must:"be"`

	announcement importer.AnnouncedCount
}

func (c *Count) isExact() bool { return c != nil && c.Precision == "EXACT" }

// Number returns the number, 0 where the shop did not say.
func (c *Count) Number() int {
	if c == nil {
		return 0
	}
	return c.Count
}

func (c *Count) announcedCount() *importer.AnnouncedCount {
	if c == nil || c.Precision == "" {
		return nil
	}
	c.announcement = importer.AnnouncedCount{Count: c.Count, Exact: c.isExact()}
	return &c.announcement
}
