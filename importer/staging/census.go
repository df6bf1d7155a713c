package staging

import (
	"slices"

	"github.com/eshopos/eshopctl/importer"
)

// census counts parts for their parents and lists the parents whose parts do not add up.
type census struct {
	roll    *roll
	intakes *intakes
	rereads *rereads
	off     []mismatch
}

// countPart counts a part for its parent, unless it names none or the parent is gone.
func (c *census) countPart(parts *importer.Table, parent string) {
	if parent != "" && !c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] {
		c.roll.countPart(parts, parent)
	}
}

// countNameless counts the parts without an id.
func (c *census) countNameless(nameless []importer.NamelessRecord) {
	for _, one := range nameless {
		if parts := importer.TableNamed(one.Table); parts.Counted > 0 {
			c.countPart(parts, one.Parent)
		}
	}
}

// noteStray lists a parent that was not given although it has parts.
func (c *census) noteStray(parts *importer.Table, parent string) {
	if c.rereads.gone[importer.ParentRef{Part: parts.Parents[0].Table, ID: parent}] || len(c.off) >= tooManyOff {
		return
	}
	c.off = append(c.off, mismatch{ParentRef: importer.ParentRef{Part: parts, ID: parent}, orphans: true})
	c.roll.enterParent(parts, parent, importer.None) // once is enough
}

// lookFor lists a record to which another one refers, if it was not given.
func (c *census) lookFor(t *importer.Table, id string) {
	for _, parts := range c.roll.kinds[t] {
		if !c.roll.countOf(parts, id).isEntered() {
			c.noteStray(parts, id)
		}
	}
}

// allMismatches returns the parents whose parts do not add up, sorted. They must be read
// again, because the shop changed while it was read.
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

// listStrays lists the parents that were not given.
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

// listMisfits lists the parents that do not have the parts that they announced, except
// those that were read again already.
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
