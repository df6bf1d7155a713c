package importer

// Declare adds a table to the catalogue, and returns what takes it away again.
func Declare(t *Table) (withdraw func()) {
	before := catalogue
	catalogue = append(Tables(), t)
	return func() { catalogue = before }
}
