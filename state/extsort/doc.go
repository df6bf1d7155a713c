// Package extsort puts into order what may not fit the memory: an external merge sort
// with one temporary file. It knows nothing of what it sorts, nor where that is kept.
//
// It may import importer, whose port Sorter it is, and connector/scratch, where the
// file comes from. Begin with Sorter in sorter.go: what is put goes into its buffer,
// from there in sorted parts into the spill (spill.go), and is merged when it is read.
package extsort
