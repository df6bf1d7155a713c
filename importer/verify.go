package importer

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// unsettled is a parent whose parts do not add up. Without a parent the parts
// belong to a record that was not read.
type unsettled struct {
	ParentRef
	orphans bool
}

// unsettled lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (a *Assembly) unsettled(resources []connector.Resource) ([]unsettled, error) {
	var checks []func() ([]unsettled, error)
	if slices.Contains(resources, connector.Products) {
		checks = append(checks,
			func() ([]unsettled, error) { return a.compareParts(Variants, 0) },
			func() ([]unsettled, error) { return a.compareParts(Media, 1) })
	}
	if slices.Contains(resources, connector.Categories) {
		checks = append(checks, func() ([]unsettled, error) { return a.compareParts(Memberships, 0) })
	}
	if len(checks) == 3 {
		checks = append(checks, a.membersNotRead)
	}
	var all []unsettled
	for _, check := range checks {
		off, err := check()
		if err != nil {
			return nil, err
		}
		all = append(all, off...)
	}
	return compact(all), nil
}

// maxRereads bounds how many parents are read again one by one; a shop in which
// more do not add up was not read properly.
const maxRereads = 1000

// settle reads what does not add up again, once, and reports the first parent
// that still does not.
func (a *Assembly) settle(ctx context.Context, source Source, resources []connector.Resource) error {
	off, err := a.unsettled(resources)
	if err != nil || len(off) == 0 {
		return err
	}
	if len(off) > maxRereads {
		return incomplete(fmt.Sprintf("%d records do not have the parts that the shop announced", len(off)))
	}
	for _, parent := range off {
		if err := source.Reread(ctx, parent.ParentRef, a); err != nil {
			return err
		}
		a.Remark(changedWhileReading(parent.Part.Parents[0].Table, parent.ID))
	}
	off, err = a.unsettled(resources)
	if err != nil {
		return err
	}
	for _, parent := range off {
		record := ParentRef{parent.Part.Parents[0].Table, parent.ID}
		if _, reread := a.replaced[record]; !reread || !parent.orphans {
			return incomplete(fmt.Sprintf("%s of %s do not add up, even when they are read again", parent.Part.Name, parent.ID))
		}
		a.gone[record] = true
	}
	return nil
}

func incomplete(message string) error {
	return &connector.Fault{Code: connector.IncompleteRead, Message: "the shop was not read completely: " + message,
		Hint: "try again; nothing was changed"}
}

func changedWhileReading(t *Table, id string) Remark {
	return Remark{
		Code: WarnChangedWhileReading, Severity: Warning, Resource: t.Name, ExternalID: id,
		Message: "it changed while the shop was read, so it was read again",
		Hint:    "nothing to do; a run at a quieter time sees one state of the shop",
	}
}

// compareParts marches through parents and the number of parts found for each.
func (a *Assembly) compareParts(parts *Table, place int) ([]unsettled, error) {
	sorted := a.newSorter()
	defer sorted.Close()
	parent := parts.Parents[0]
	for part, err := range a.final(parts) {
		if err == nil {
			err = sorted.Put(part.record[parent.Column].text, nil)
		}
		if err != nil {
			return nil, err
		}
	}
	var off []unsettled
	err := pair(a.final(parent.Table), tally(sorted.Sorted()), keyOfFound(parent.Table), keyOfGroup,
		func(key string, announcing *found, group *group) error {
			var n int64
			if group != nil {
				n = group.size
			}
			if announcing == nil || !fits(announcing.more[place], n) {
				off = append(off, unsettled{ParentRef{parts, key}, announcing == nil})
			}
			return nil
		})
	return off, err
}

// membersNotRead lists products that stand in a category but were not read.
func (a *Assembly) membersNotRead() ([]unsettled, error) {
	members := a.newSorter()
	defer members.Close()
	for membership, err := range a.final(Memberships) {
		if err == nil {
			err = members.Put(membership.record[1].text, nil)
		}
		if err != nil {
			return nil, err
		}
	}
	var off []unsettled
	err := pair(a.final(Products), tally(members.Sorted()), keyOfFound(Products), keyOfGroup,
		func(key string, product *found, _ *group) error {
			if product == nil {
				off = append(off, unsettled{ParentRef{Variants, key}, true}, unsettled{ParentRef{Media, key}, true})
			}
			return nil
		})
	return off, err
}

// group is how many entries have one key.
type group struct {
	key  string
	size int64
}

func keyOfGroup(g group) string { return g.key }

func keyOfFound(t *Table) func(found) string {
	return func(f found) string { return t.Key(f.record) }
}

// tally counts sorted entries by key.
func tally(entries iter.Seq2[Entry, error]) iter.Seq2[group, error] {
	return func(yield func(group, error) bool) {
		var current group
		for entry, err := range entries {
			if err != nil {
				yield(group{}, err)
				return
			}
			if current.size > 0 && entry.Key != current.key {
				if !yield(current, nil) {
					return
				}
				current.size = 0
			}
			current.key = entry.Key
			current.size++
		}
		if current.size > 0 {
			yield(current, nil)
		}
	}
}

func compact(refs []unsettled) []unsettled {
	slices.SortFunc(refs, func(a, b unsettled) int {
		return cmp.Or(cmp.Compare(a.Part.Name, b.Part.Name), cmp.Compare(a.ID, b.ID))
	})
	return slices.CompactFunc(refs, func(a, b unsettled) bool { return a.ParentRef == b.ParentRef })
}
