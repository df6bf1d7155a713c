package pages

import (
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type locationsData struct {
	Locations *records.Page[records.Location] `must:"be"`
}

func locationPages() connection[locationsData, records.Location] {
	return connection[locationsData, records.Location]{
		document: queries.Locations,
		find:     func(d *locationsData) *records.Page[records.Location] { return d.Locations },
	}
}

func (r partReader) giveLocations(nodes []*records.Location) error {
	for _, node := range nodes {
		if err := r.give.GiveWarehouse(node, records.OnPage(queries.Locations)); err != nil {
			return err
		}
	}
	return nil
}
