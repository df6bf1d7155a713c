// Package pages reads the lists of a shop page by page: connections from the first page to
// the last (walk.go), lists that hold all records of a kind and are held against the shop's
// count (root.go), those that are long in several spans at once (spans.go). A kind of
// record is a file that gives a page of them and asks for the parts that did not fit into it.
// Besides, what is asked for by its id: records that changed meanwhile, that are read once
// more, or that somebody looks at.
//
// Begin with lists.go, then products.go and walk.go. It asks through client and gives by records.Giver;
// what a bulk operation is it does not know.
package pages
