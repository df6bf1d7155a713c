// Package results reads the lists of a shop from the results of bulk operations: what
// package bulk brought, line by line, each byte decoded once.
//
// Begin with reader.go, which has a method for each list. flat_list.go says what an operation
// must bring, marks.go which record a line is, and a kind of line is a file. Where the
// results are the same as those of the snapshot before, nothing is decoded (as_before.go).
// What they cannot tell is read by package pages.
package results
