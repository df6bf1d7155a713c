// Package pages reads the lists of a shop page by page.
//
// A connection is a list in pages, read from the first to the last (walk.go). A root list
// is a connection that holds all records of a kind: what was read is compared with the
// shop's count (root.go, read_root.go), and a long one is read in several spans at once
// (spans.go). Each kind of record has a file (products.go, ...) that gives a page of records
// and asks for the parts that did not fit into the page.
//
// Single records are asked for by id: those that changed while the shop was read
// (catch_up.go), that did not add up (reread.go), that were named but not listed
// (unlisted.go), and those an operator asks about (sightings.go).
//
// Begin with lists.go, then products.go and walk.go. The package asks through client and
// gives through records.Giver. It does not know bulk operations.
package pages
