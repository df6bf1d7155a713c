package importer

// Gaps are what a snapshot does not know, so that rows which it lacks need not be gone.
type Gaps struct {
	short    map[ParentRef]IncompleteRecord // records that lack parts, by the table of the parts
	nameless map[ParentRef]bool             // what has such parts in that table; without an id what any may belong to
}

// GapsOf are the gaps of a snapshot.
func GapsOf(info SnapshotInfo) Gaps {
	g := Gaps{map[ParentRef]IncompleteRecord{}, map[ParentRef]bool{}}
	for _, one := range info.Incomplete {
		g.short[ParentRef{TableNamed(one.Table), one.ID}] = one
	}
	for _, one := range info.Nameless {
		g.nameless[ParentRef{TableNamed(one.Table), one.Parent}] = true
	}
	return g
}

// IncompleteOf finds what a part belongs to among the records that lack parts.
func (g Gaps) IncompleteOf(t *Table, part Record) (one IncompleteRecord, short bool) {
	if len(g.short) == 0 || t.Counted == 0 {
		return IncompleteRecord{}, false
	}
	one, short = g.short[ParentRef{t, t.OwnerOf(part).ID}]
	return one, short
}

// ShortOf reports whether parts of the table belong to such records.
func (g Gaps) ShortOf(t *Table) bool {
	for ref := range g.short {
		if ref.Part == t {
			return true
		}
	}
	return false
}

// MayHold reports whether a row that was not found may be what lacks its id, or what a
// record lacks.
func (g Gaps) MayHold(t *Table, row Record) bool {
	if _, short := g.IncompleteOf(t, row); short {
		return true
	}
	if len(g.nameless) == 0 {
		return false
	}
	return g.nameless[ParentRef{t, ""}] || g.nameless[ParentRef{t, t.belongsTo(row)}]
}
