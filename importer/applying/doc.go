// Package applying brings a plan into the catalogue, all of it in one transaction or
// nothing. It cannot fetch: it holds no Source. It imports importer, importer/walk and
// connector.
//
// Begin with runner.go. stale.go says when a plan fits no more, refer.go makes sure that
// no row refers to what is not there.
package applying
