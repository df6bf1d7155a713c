// Package checking looks back: it compares a fresh snapshot with every row and says who
// changed what, and it follows the stock of one variant from the shop to its row. It cannot
// write the catalogue. It imports importer, importer/walk and connector.
//
// Begin with reconciler.go and comparison.go for the first, and with explain.go for the
// second; moved.go says who changed a record.
package checking
