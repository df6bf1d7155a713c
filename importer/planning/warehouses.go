package planning

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// match is what becomes of a location that no warehouse stands for.
type match struct {
	adopt     *importer.Row // take this warehouse
	ambiguous string        // or reject, for this reason
	link      importer.Row  // the warehouse to link by hand then, if it is there
}

// matching is what is known about locations without a mapping, and warehouses.
type matching struct {
	found  map[string]match // by location
	idle   []importer.Row   // warehouses that stand for no location, and will not
	unseen []importer.Row   // those whose location the shop does not show
	named  int              // how many of the idle ones a command to link was given for
}

// matchWarehouses decides about the locations without a mapping. A stored
// mapping always wins, whatever the names; only then exactly equal names count,
// and never when there is more than one way to pair them.
func (p *planning) matchWarehouses() error {
	var unlinked []importer.Row
	candidates := map[string][]importer.Row{}
	for row, err := range p.Catalog.Unlinked(p.ctx, importer.Warehouses) {
		if err != nil {
			return err
		}
		unlinked = append(unlinked, row)
		name := nameOf(row)
		candidates[name] = append(candidates[name], row)
	}
	named, unmapped, err := p.locations()
	if err != nil {
		return err
	}
	p.warehouses.found = map[string]match{}
	for name, locations := range unmapped {
		for i, id := range locations {
			m := pairByName(name, locations, candidates[name])
			if m.ambiguous != "" {
				if m.link, err = p.likeliest(id, i, candidates[name]); err != nil {
					return err
				}
			}
			p.warehouses.found[id] = m
		}
	}
	for _, row := range unlinked {
		if !row.Foreign && !p.adopted(importer.Warehouses, row) {
			p.warehouses.idle = append(p.warehouses.idle, row)
		}
	}
	return p.remarkNames(named)
}

// nameOf is what a warehouse is called. Spaces around it are nobody's intention.
func nameOf(r importer.Row) string { return strings.TrimSpace(r.Record[importer.WarehouseName].Text()) }

func pairByName(name string, locations []string, candidates []importer.Row) match {
	switch {
	case len(candidates) == 0:
		return match{}
	case len(candidates) == 1 && len(locations) == 1:
		return match{adopt: &candidates[0]}
	default:
		return match{ambiguous: fmt.Sprintf("%s (%s) and %s are named %q, so it is not clear which belongs to which",
			unlinked(len(candidates), "warehouse"), idsOf(candidates), unlinked(len(locations), "location"), name)}
	}
}

func unlinked(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d unlinked %s", n, what)
}

func idsOf(rows []importer.Row) string {
	ids := make([]string, len(rows))
	for i, row := range rows {
		ids[i] = row.LocalID
	}
	return strings.Join(ids, ", ")
}

// locations gives the ids of the snapshot's locations by name, of all and of
// those without a mapping, each in id order.
func (p *planning) locations() (named, unmapped map[string][]string, err error) {
	named, unmapped = map[string][]string{}, map[string][]string{}
	err = walk.Pair(importer.Records(p.snapshot, importer.Warehouses), p.Catalog.Rows(p.ctx, importer.Warehouses), importer.Warehouses.Key, func(r importer.Row) string { return r.Key },
		func(key string, location *importer.Record, row *importer.Row) error {
			switch {
			case location == nil:
				p.warehouses.unseen = append(p.warehouses.unseen, *row)
				return nil
			case importer.Warehouses.Unfits(*location):
				return nil // rejected, whatever it is called
			}
			name := strings.TrimSpace((*location)[importer.WarehouseName].Text())
			named[name] = append(named[name], key)
			if row == nil {
				unmapped[name] = append(unmapped[name], key)
			}
			return nil
		})
	return named, unmapped, err
}

func (p *planning) remarkNames(named map[string][]string) error {
	for location, err := range importer.Records(p.snapshot, importer.Warehouses) {
		if err != nil {
			return err
		}
		id, name := location[0].Text(), strings.TrimSpace(location[importer.WarehouseName].Text())
		if len(named[name]) < 2 || p.warehouses.found[id].ambiguous != "" {
			continue
		}
		if err := p.warn(importer.WarnWarehouseNameTwice, importer.Warehouses, id, "",
			fmt.Sprintf("%d locations of the shop are named %q; each has its own warehouse", len(named[name]), name),
			connector.Advice("give them different names in the shop so that people can tell them apart")); err != nil {
			return err
		}
	}
	return nil
}

// newWarehouse creates, adopts or rejects a location that has no mapping.
func (p *planning) newWarehouse(m walk.Versions) error {
	found := p.warehouses.found[m.Key]
	switch {
	case found.ambiguous != "":
		return p.rejectLocation(m, found.ambiguous, found.link)
	case found.adopt == nil:
		return p.unmatched(m)
	}
	row := *found.adopt
	p.had(importer.Warehouses, row.Record)
	if err := p.warn(importer.WarnWarehouseAdopted, importer.Warehouses, m.Key, row.LocalID,
		fmt.Sprintf("the warehouse %q is taken for this location because it has the same name", row.Record[importer.WarehouseName].Text()),
		p.linkNew(m.Key).After("if it is another place: ")); err != nil {
		return err
	}
	return p.change(importer.Change{
		Action: importer.Update, Table: importer.Warehouses, Key: m.Key, LocalID: row.LocalID, Seen: importer.Warehouses.Fingerprint(row.Record),
		Fields: importer.Differences(importer.Warehouses, row.Record, m.Fresh.Keeping(row.Record, p.unread.Now)),
	})
}

// linkTo is the command that says that a warehouse stands for a location, and
// linkNew the one that says that none of the warehouses here does.
func (p *planning) linkTo(warehouse importer.Row, location string) connector.Command {
	return p.link(warehouse.Key != "", warehouse.LocalID, location)
}

func (p *planning) linkNew(location string) connector.Command {
	return p.link(true, "--new", location)
}

func (p *planning) link(move bool, words ...string) connector.Command {
	if move {
		words = append(words, "--move")
	}
	return connector.Typed("warehouses link", words...).For(p.plan.Store)
}

func (p *planning) rejectLocation(m walk.Versions, why string, link importer.Row) error {
	command := p.linkNew(m.Key)
	if link.LocalID != "" {
		command = p.linkTo(link, m.Key)
	}
	return p.reject(importer.Warehouses, m, nil, importer.RejectWarehouseAmbiguous, why, command.Next())
}

// likeliest is the warehouse that most likely stands for a location, the i-th of
// those that could take one of the candidates.
func (p *planning) likeliest(location string, i int, candidates []importer.Row) (importer.Row, error) {
	ids, err := p.Catalog.StoodFor(p.ctx, location)
	if err != nil {
		return importer.Row{}, err
	}
	for _, id := range ids {
		if at := slices.IndexFunc(candidates, func(r importer.Row) bool { return r.LocalID == id }); at >= 0 {
			return candidates[at], nil
		}
	}
	if i < len(candidates) {
		return candidates[i], nil
	}
	return importer.Row{}, nil
}
