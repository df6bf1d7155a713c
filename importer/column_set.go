package importer

// ColumnSet is a set of columns of one table: bit i stands for column i.
type ColumnSet uint64

// Has reports whether the set contains the column with that index.
func (c ColumnSet) Has(column int) bool { return c>>column&1 != 0 }

// Names returns the names of the columns in the set, in table order.
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
