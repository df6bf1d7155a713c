// Package repeats finds records that come more than once, however many records there are:
// lines of a bulk result that stand there twice, products on two pages, variants that share
// an inventory item. It keeps keys in an importer.Sorter instead of memory.
//
// Begin with finder.go. It may import importer and gid.
package repeats
