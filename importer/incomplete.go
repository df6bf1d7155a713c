package importer

import "fmt"

// shortfalls are the incomplete records of a snapshot, by the table of the parts and
// the record. What is known of such parts is not enough to change, remove or miss any.
type shortfalls map[ParentRef]Incomplete

func shortfallsOf(info SnapshotInfo) shortfalls {
	s := shortfalls{}
	for _, one := range info.Incomplete {
		s[ParentRef{TableNamed(one.Table), one.ID}] = one
	}
	return s
}

// of finds what a part belongs to among them.
func (s shortfalls) of(t *Table, part Record) (one Incomplete, short bool) {
	if len(s) == 0 || t.Counted == 0 {
		return Incomplete{}, false
	}
	one, short = s[ParentRef{t, t.owner(part).ID}]
	return one, short
}

// in reports whether there are any whose parts stand in the table.
func (s shortfalls) in(t *Table) bool {
	for ref := range s {
		if ref.Part == t {
			return true
		}
	}
	return false
}

func (i Incomplete) why() string {
	return fmt.Sprintf("the shop counts %s %s of %s but gives %s, also when asked again; they are kept as they are here",
		Thousands(i.Announced), i.Table, i.ID, Thousands(i.Found))
}

const incompleteHint = "save the record in the shop once more and import again; if it stays so, report it to Shopify"

// lacking rejects nothing, since nothing came, but names the records of the table that
// have parts of which none was given.
func (p *planning) lacking(t *Table) error {
	for _, one := range p.snapshot.Info().Incomplete {
		if one.Table != t.Name || one.Found > 0 {
			continue
		}
		if err := p.remark(Remark{
			Code: RejectIncomplete, Severity: Rejected, Resource: t.Name, ExternalID: one.ID, Message: one.why(), Hint: incompleteHint,
		}); err != nil {
			return err
		}
	}
	return nil
}
