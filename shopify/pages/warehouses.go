package pages

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

type locationsData struct {
	Locations *records.Page[records.Location] `must:"be"`
}

// Warehouses reads all locations, deactivated ones and those of fulfilment
// services among them, and tells how many there are. The shop's count takes no
// argument that would include those two, so it is only a floor.
func (r *Reader) Warehouses(ctx context.Context) (int, error) {
	var locations int
	err := root[locationsData, records.Location]{
		connection: connection[locationsData, records.Location]{
			document: queries.Locations,
			find:     func(d *locationsData) *records.Page[records.Location] { return d.Locations },
		},
		tables: []*importer.Table{importer.Warehouses},
		ids:    gid.Location,
		id:     func(l *records.Location) string { return l.ID },
		take: func(_ context.Context, nodes []*records.Location) error {
			locations += len(nodes)
			for _, node := range nodes {
				if err := r.give.Warehouse(node, records.OnPage(queries.Locations)); err != nil {
					return err
				}
			}
			return nil
		},
		count: queries.LocationsCount,
	}.read(ctx, r)
	return locations, err
}
