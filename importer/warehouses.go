package importer

import (
	"fmt"
	"strings"
)

// match is what becomes of a location that no warehouse stands for yet.
type match struct {
	adopt     *Row   // take this warehouse
	ambiguous string // or reject, for this reason; neither: create one
}

// matchWarehouses decides about the locations without a mapping. A stored
// mapping always wins, whatever the names; only then exactly equal names count,
// and never when there is more than one way to pair them.
func (p *planning) matchWarehouses() error {
	candidates := map[string][]Row{}
	for row, err := range p.Catalog.Unlinked(p.ctx, Warehouses) {
		if err != nil {
			return err
		}
		name := strings.TrimSpace(row.Record[warehouseName].text)
		candidates[name] = append(candidates[name], row)
	}
	named, unmapped, err := p.locations()
	if err != nil {
		return err
	}
	p.warehouses = map[string]match{}
	for name, locations := range unmapped {
		for _, id := range locations {
			p.warehouses[id] = pairByName(name, locations, candidates[name])
		}
	}
	return p.remarkNames(named)
}

func pairByName(name string, locations []string, candidates []Row) match {
	switch {
	case len(candidates) == 0:
		return match{}
	case len(candidates) == 1 && len(locations) == 1:
		return match{adopt: &candidates[0]}
	default:
		return match{ambiguous: fmt.Sprintf("%s and %s are named %q, so it is not clear which belongs to which",
			unlinked(len(candidates), "warehouse"), unlinked(len(locations), "location"), name)}
	}
}

func unlinked(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d unlinked %s", n, what)
}

// locations gives the ids of the snapshot's locations by name, of all and of
// those without a mapping, each in id order.
func (p *planning) locations() (named, unmapped map[string][]string, err error) {
	named, unmapped = map[string][]string{}, map[string][]string{}
	err = pair(Records(p.snapshot, Warehouses), p.Catalog.Rows(p.ctx, Warehouses), Warehouses.Key, func(r Row) string { return r.Key },
		func(key string, location *Record, row *Row) error {
			if location == nil {
				return nil
			}
			name := strings.TrimSpace((*location)[warehouseName].text)
			named[name] = append(named[name], key)
			if row == nil {
				unmapped[name] = append(unmapped[name], key)
			}
			return nil
		})
	return named, unmapped, err
}

func (p *planning) remarkNames(named map[string][]string) error {
	for location, err := range Records(p.snapshot, Warehouses) {
		if err != nil {
			return err
		}
		id, name := location[0].text, strings.TrimSpace(location[warehouseName].text)
		if len(named[name]) < 2 || p.warehouses[id].ambiguous != "" {
			continue
		}
		if err := p.warn(WarnWarehouseNameTwice, Warehouses, id, "",
			fmt.Sprintf("%d locations of the shop are named %q; each has its own warehouse", len(named[name]), name),
			"give them different names in the shop so that people can tell them apart"); err != nil {
			return err
		}
	}
	return nil
}

// newWarehouse creates, adopts or rejects a location that has no mapping.
func (p *planning) newWarehouse(m met) error {
	key, location := m.key, m.fresh
	found := p.warehouses[key]
	switch {
	case found.ambiguous != "":
		return p.reject(Warehouses, m, nil, RejectWarehouseAmbiguous, found.ambiguous,
			"link them by hand: eshopctl warehouses link WAREHOUSE "+key)
	case found.adopt == nil:
		return p.create(Warehouses, key)
	}
	row := *found.adopt
	p.had(Warehouses, row.Record)
	if err := p.warn(WarnWarehouseAdopted, Warehouses, key, row.LocalID,
		fmt.Sprintf("the warehouse %q is taken for this location because it has the same name", row.Record[warehouseName].text),
		"if it is another place: eshopctl warehouses unlink "+row.LocalID); err != nil {
		return err
	}
	return p.change(Change{
		Action: Update, Table: Warehouses, Key: key, LocalID: row.LocalID, Seen: Warehouses.Fingerprint(row.Record),
		Fields: Warehouses.differences(row.Record, location),
	})
}
