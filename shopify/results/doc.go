// Package results reads the lists of a shop from the results of bulk operations, which package
// bulk has brought.
//
// Begin with lists.go, which has a method for each list. flat_list.go says how a list becomes
// an operation and what its result must hold; lines.go gives the lines of a result; keys.go
// says which record a line holds. Where all results are the same as those of the snapshot
// before, no line is decoded (comparison.go). What results do not say is read by package
// pages.
package results
