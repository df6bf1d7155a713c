package pages

import (
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/gid"
)

// census counts different ids; a record that came twice must not hide one that
// never came.
type census struct {
	heads int // what came, doubles included
	seen  *bulk.Identities
}

func newCensus(sorter importer.Sorter) *census {
	return &census{seen: bulk.NewIdentities(sorter)}
}

// add counts a record. One without an id differs from all others.
func (c *census) add(id string) error {
	c.heads++
	if !gid.IsValid(id) {
		return nil
	}
	return c.seen.Add(bulk.Mark{ID: gid.NumberOf(id)}, nil)
}

func (c *census) distinct() (int, error) {
	repeats, err := c.seen.CountRepeats()
	return c.heads - repeats, err
}

// Close drops what the census kept.
func (c *census) Close() error { return c.seen.Close() }
