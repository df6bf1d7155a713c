package shopify

import (
	"context"

	"github.com/eshopos/eshopctl/importer"
)

// locationNode is a location as the documents ask for it.
type locationNode struct {
	fitness  `of:"Location"`
	ID, Name string `must:"be"`
	IsActive bool   `must:"be"`
	Address  struct {
		Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string
	} `must:"be"`
}

type locationsData struct {
	Locations *page[locationNode] `must:"be"`
}

// warehouses reads all locations, deactivated ones and those of fulfilment
// services among them, and tells how many there are. The shop's count takes no
// argument that would include those two, so it is only a floor.
func (r *pageReader) warehouses(ctx context.Context) (int, error) {
	var locations int
	err := root[locationsData, locationNode]{
		connection: connection[locationsData, locationNode]{
			document: locationsDocument,
			find:     func(d *locationsData) *page[locationNode] { return d.Locations },
		},
		tables: []*importer.Table{importer.Warehouses},
		ids:    locationIDs,
		id:     func(l *locationNode) string { return l.ID },
		take: func(_ context.Context, nodes []*locationNode) error {
			locations += len(nodes)
			for _, node := range nodes {
				if err := r.give.warehouse(node, place{document: locationsDocument}); err != nil {
					return err
				}
			}
			return nil
		},
		count: locationsCount,
	}.read(ctx, r)
	return locations, err
}
