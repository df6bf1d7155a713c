// Package extsort sorts what may not fit into memory: an external merge sort with one
// temporary file. It knows nothing of what it sorts.
//
// It may import importer, whose port Sorter it implements, and connector/scratch, which
// makes the file. Begin with Sorter in sorter.go: entries go into its buffer, from there in
// sorted parts into the spill (spill.go), and are merged when they are read.
package extsort
