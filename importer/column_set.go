package importer

// ColumnSet is a set of columns of one table, a bit for each.
type ColumnSet uint64

// Has reports whether the column of that place is in it.
func (c ColumnSet) Has(column int) bool { return c>>column&1 != 0 }

// Names are those of its columns, in order.
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
