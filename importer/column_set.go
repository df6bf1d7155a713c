package importer

// ColumnSet are a set of columns, a bit for each.
type ColumnSet uint64

func (c ColumnSet) Has(column int) bool { return c>>column&1 != 0 }

// Names are those of the columns.
func (c ColumnSet) Names(t *Table) (names []string) {
	for i, column := range t.Columns {
		if c.Has(i) {
			names = append(names, column.Name)
		}
	}
	return names
}

func keysOf(t *Table) (keys ColumnSet) {
	for _, column := range t.Keys {
		keys |= 1 << column
	}
	return keys
}
