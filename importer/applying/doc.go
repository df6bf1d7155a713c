// Package applying brings a plan into the catalogue, all of it in one transaction or
// nothing. It cannot fetch: it holds no Source. It imports importer, importer/walk and
// connector.
//
// Begin with runner.go and transaction.go. steps.go has each change with its row; stale.go
// says when a plan fits no more, references.go makes sure that no row refers to what is
// not there, and read_back.go that stock is what the shop has.
package applying
