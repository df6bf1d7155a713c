package importer

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
)

// Nameless is a record that its shop gave without an id, so that nothing is known of it
// but that it is there.
type Nameless struct {
	Table  string // that it belongs into
	Parent string // what it is part of, "" when that is not known
	Place  string // where the shop gave it
	Why    string // what is wrong with its id
	Order  int64  // of a media item: see there
}

// maxNameless bounds how many of them are remembered.
const maxNameless = RemarksKept

// gaps are what a snapshot does not know, so that rows which it lacks need not be gone.
type gaps struct {
	short    map[ParentRef]Incomplete // records that lack parts, by the table of the parts
	nameless map[ParentRef]bool       // what has such parts in that table; without an id what any may belong to
}

func gapsOf(info SnapshotInfo) gaps {
	g := gaps{map[ParentRef]Incomplete{}, map[ParentRef]bool{}}
	for _, one := range info.Incomplete {
		g.short[ParentRef{TableNamed(one.Table), one.ID}] = one
	}
	for _, one := range info.Nameless {
		g.nameless[ParentRef{TableNamed(one.Table), one.Parent}] = true
	}
	return g
}

// incomplete finds what a part belongs to among the records that lack parts.
func (g gaps) incomplete(t *Table, part Record) (one Incomplete, short bool) {
	if len(g.short) == 0 || t.Counted == 0 {
		return Incomplete{}, false
	}
	one, short = g.short[ParentRef{t, t.owner(part).ID}]
	return one, short
}

// in reports whether parts of the table belong to such records.
func (g gaps) in(t *Table) bool {
	for ref := range g.short {
		if ref.Part == t {
			return true
		}
	}
	return false
}

// mayHold reports whether a row that was not found may be what lacks its id, or what a
// record lacks.
func (g gaps) mayHold(t *Table, row Record) bool {
	if _, short := g.incomplete(t, row); short {
		return true
	}
	if len(g.nameless) == 0 {
		return false
	}
	return g.nameless[ParentRef{t, ""}] || g.nameless[ParentRef{t, t.belongsTo(row)}]
}

// belongsTo is what a record is part of as its shop gives it: the first of several
// keys, or what it belongs to.
func (t *Table) belongsTo(r Record) string {
	switch {
	case len(t.Keys) > 1:
		return r[t.Keys[0]].text
	case len(t.Parents) > 0:
		return t.owner(r).ID
	}
	return ""
}

func (i Incomplete) why() string {
	return fmt.Sprintf("the shop counts %s %s of %s but gives %s, also when asked again; they are kept as they are here",
		Thousands(i.Announced), i.Table, i.ID, Thousands(i.Found))
}

// saveOnce is what may complete a record.
func (p *planning) saveOnce() connector.Next {
	return connector.Advice("save the record in the shop once more and import again; if it stays so, report it to " + p.platform.Title)
}

// untold accounts for what no record of the table tells: those that lack an id, and
// records of which no part came at all.
func (p *planning) untold(t *Table) error {
	info := p.snapshot.Info()
	for _, one := range info.Incomplete {
		if one.Table != t.Name || one.Found > 0 {
			continue
		}
		if err := p.refuse(RejectIncomplete, t, one.ID, one.why(), p.saveOnce()); err != nil {
			return err
		}
	}
	counts := p.plan.Counts.Of(t)
	for _, one := range info.Nameless {
		if one.Table != t.Name {
			continue
		}
		counts.Read++
		counts.Rejected++
		if err := p.refuse(RejectValueInvalid, t, one.Parent, "one of the "+t.Name+" has no id: "+one.Why+", in "+one.Place, inShop()); err != nil {
			return err
		}
	}
	return nil
}

// inShop is where a record is put right that cannot be imported as it is.
func inShop() connector.Next { return connector.Advice("correct it in the shop") }

// refuse remarks that something is kept out, and why.
func (p *planning) refuse(code string, t *Table, key, message string, next connector.Next) error {
	return p.remark(Remark{Code: code, Severity: Rejected, Resource: t.Name, ExternalID: ShowKey(key), Message: message, Next: next})
}
