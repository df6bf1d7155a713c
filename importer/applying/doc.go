// Package applying writes a plan into the catalogue, all of it in one transaction or
// nothing. It cannot fetch: it holds no Source. It imports importer, importer/walk and
// connector.
//
// Begin with runner.go and transaction.go. steps.go finds the row of each change; stale.go
// says when a plan is stale and must be refused; references.go makes sure that no row
// refers to a record that does not exist; read_back.go makes sure that the stock is what
// the shop has.
package applying
