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

// countPart counts a part for its parent, if it names one.
func (c *census) countPart(parts *importer.Table, parent string) {
	if parent != "" && !c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] {
		c.roll.countPart(parts, parent)
	}
}

// countNameless counts the parts that have no id.
func (c *census) countNameless(nameless []importer.NamelessRecord) {
	for _, one := range nameless {
		if parts := importer.TableNamed(one.Table); parts.Counted > 0 {
			c.countPart(parts, one.Parent)
		}
	}
}

// noteStray notes parts whose parent was not read.
func (c *census) noteStray(parts *importer.Table, parent string) {
	if c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] || len(c.off) >= tooManyOff {
		return
	}
	c.off = append(c.off, mismatch{ParentRef: importer.ParentRef{Part: parts, ID: parent}, orphans: true})
	c.roll.enterParent(parts, parent, importer.None) // once is enough
}

// lookFor notes a record that something else names, if it was not read.
func (c *census) lookFor(t *importer.Table, id string) {
	for _, parts := range c.roll.kinds[t] {
		if !c.roll.countOf(parts, id).isEntered() {
			c.noteStray(parts, id)
		}
	}
}

// allMismatches lists the parents whose parts do not add up. They have to be read
// again, because the shop changed, or lied, while it was read.
func (c *census) allMismatches() ([]mismatch, error) {
	for _, list := range []func(*importer.Table) error{c.listStrays, c.listMisfits} {
		for _, parts := range countedTables() {
			if err := list(parts); err != nil {
				return nil, err
			}
		}
	}
	return sortedOnce(c.off), nil
}

// listStrays lists the missing parents of parts.
func (c *census) listStrays(parts *importer.Table) error {
	if !c.roll.tallies[parts].hasStrays() {
		return nil
	}
	for part, err := range c.intakes.finalRecords(parts) {
		if err != nil {
			return err
		}
		if id := part.record[parts.Parents[0].Column].Text(); !c.roll.countOf(parts, id).isEntered() {
			c.noteStray(parts, id)
		}
	}
	return nil
}

// listMisfits lists the parents that do not have the parts that they announced, but for
// those that are known to stay like that.
func (c *census) listMisfits(parts *importer.Table) error {
	if c.roll.tallies[parts].isSettled() {
		return nil
	}
	for parent, err := range c.intakes.finalRecords(parts.Parents[0].Table) {
		if err != nil {
			return err
		}
		ref := importer.ParentRef{Part: parts, ID: parent.record[0].Text()}
		if _, stays := c.rereads.stays[ref]; stays || len(c.off) >= tooManyOff {
			continue
		}
		if count := c.roll.countOf(parts, ref.ID); !count.fitsAnnounced() {
			c.off = append(c.off, mismatch{ParentRef: ref, count: count})
		}
	}
	return nil
}

func sortedOnce(refs []mismatch) []mismatch {
	slices.SortFunc(refs, func(a, b mismatch) int { return a.Compare(b.ParentRef) })
	return slices.CompactFunc(refs, func(a, b mismatch) bool { return a.ParentRef == b.ParentRef })
}
