package staging

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// census counts parts for what they are part of, and lists the parents whose parts do not
// add up.
type census struct {
	roll    *roll
	intakes *intakes
	rereads *rereads
	off     []mismatch
}

// count counts a part for its parent, if it names one.
func (c *census) count(parts *importer.Table, parent string) {
	if parent != "" && !c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] {
		c.roll.part(parts, parent)
	}
}

// countNameless counts the parts that have no id.
func (c *census) countNameless(nameless []importer.Nameless) {
	for _, one := range nameless {
		if parts := importer.TableNamed(one.Table); parts.Counted > 0 {
			c.count(parts, one.Parent)
		}
	}
}

// strayed notes parts whose parent was not read.
func (c *census) strayed(parts *importer.Table, parent string) {
	if c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] || len(c.off) >= tooManyOff {
		return
	}
	c.off = append(c.off, mismatch{ParentRef: importer.ParentRef{Part: parts, ID: parent}, orphans: true})
	c.roll.parent(parts, parent, importer.None) // once is enough
}

// look notes a record that something else names, if it was not read.
func (c *census) look(t *importer.Table, id string) {
	for _, parts := range c.roll.kinds[t] {
		if !c.roll.of(parts, id).entered() {
			c.strayed(parts, id)
		}
	}
}

// unsettled lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (c *census) unsettled() ([]mismatch, error) {
	for _, list := range []func(*importer.Table) error{c.strays, c.misfits} {
		for _, parts := range counted() {
			if err := list(parts); err != nil {
				return nil, err
			}
		}
	}
	return compact(c.off), nil
}

// strays lists the missing parents of parts.
func (c *census) strays(parts *importer.Table) error {
	if !c.roll.tallies[parts].strayed() {
		return nil
	}
	for part, err := range c.intakes.final(parts) {
		if err != nil {
			return err
		}
		if id := part.record[parts.Parents[0].Column].Text(); !c.roll.of(parts, id).entered() {
			c.strayed(parts, id)
		}
	}
	return nil
}

// misfits lists the parents that do not have the parts that they announced, but for
// those that are known to stay like that.
func (c *census) misfits(parts *importer.Table) error {
	if c.roll.tallies[parts].settled() {
		return nil
	}
	for parent, err := range c.intakes.final(parts.Parents[0].Table) {
		if err != nil {
			return err
		}
		ref := importer.ParentRef{Part: parts, ID: parent.record[0].Text()}
		if _, stays := c.rereads.stays[ref]; stays || len(c.off) >= tooManyOff {
			continue
		}
		if count := c.roll.of(parts, ref.ID); !count.fits() {
			c.off = append(c.off, mismatch{ParentRef: ref, count: count})
		}
	}
	return nil
}

func compact(refs []mismatch) []mismatch {
	slices.SortFunc(refs, func(a, b mismatch) int { return a.Compare(b.ParentRef) })
	return slices.CompactFunc(refs, func(a, b mismatch) bool { return a.ParentRef == b.ParentRef })
}
