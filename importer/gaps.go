package importer

// Gaps is what a snapshot does not know: a row that is not in the snapshot may still exist
// in the shop if it falls into a gap.
type Gaps struct {
	short    map[ParentRef]IncompleteRecord // records that lack parts, by the table of the parts
	nameless map[ParentRef]bool             // parents of parts without an id; an empty ID stands for any parent
}

// GapsOf returns the gaps of a snapshot.
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

// IncompleteOf returns the record that a part belongs to, if that record lacks parts.
func (g Gaps) IncompleteOf(t *Table, part Record) (one IncompleteRecord, short bool) {
	if len(g.short) == 0 || t.Counted == 0 {
		return IncompleteRecord{}, false
	}
	one, short = g.short[ParentRef{t, t.OwnerOf(part).ID}]
	return one, short
}

// ShortOf reports whether any record lacks parts of the table.
func (g Gaps) ShortOf(t *Table) bool {
	for ref := range g.short {
		if ref.Part == t {
			return true
		}
	}
	return false
}

// MayHold reports whether a row that is not in the snapshot may be one of the parts that
// came without an id or that were not given at all.
func (g Gaps) MayHold(t *Table, row Record) bool {
	if _, short := g.IncompleteOf(t, row); short {
		return true
	}
	if len(g.nameless) == 0 {
		return false
	}
	return g.nameless[ParentRef{t, ""}] || g.nameless[ParentRef{t, t.belongsTo(row)}]
}
