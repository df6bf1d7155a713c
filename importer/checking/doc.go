// Package checking looks back: it holds a fresh snapshot against every row and says who
// moved, and follows the stock of one variant from the shop to its row. It cannot write
// the catalogue. It imports importer, importer/walk and connector.
//
// Begin with reconciler.go and comparison.go for the one, explain.go for the other;
// moved.go says who moved.
package checking
