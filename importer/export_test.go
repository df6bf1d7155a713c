package importer

// Declare adds a table to the catalogue, and returns what takes it away again.
func Declare(t *Table) (withdraw func()) {
	before := catalogue
	catalogue = append(Tables(), t)
	return func() { catalogue = before }
}

// tallyOf is a tally with these counts.
func tallyOf(counts map[*Table]Counts) (y Tally) {
	for t, of := range counts {
		*y.Of(t) = of
	}
	return y
}
