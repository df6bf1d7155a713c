// Package records has the records of a shop: which fields of them the documents ask for, what
// each is to an import (ForImport), and the Giver, which gives a record to the import whether
// it fits, does not fit or has no id. Pages and bulk results are decoded into the same types.
//
// Begin with product.go and giver.go; each kind of record has a file. A new field of the API
// is a field here and one in the documents of queries. The package may import importer,
// decode, queries, gid and repeats. It asks the shop for nothing.
package records
