// Package bulk brings lists of a shop as the results of bulk operations. It starts operations
// side by side, waits until each has ended, downloads its result whole to a file, verifies
// the file, and gives its lines. The caller knows what stands in a line, and how to word
// errors for people; how to speak with a shop is behind the interface Shop.
//
// Begin with bring.go: one operation from its start to its verified result. desk.go holds
// what the operations of one reading share; shop.go has the interface and the errors. The
// package may import repeats, importer and connector.
package bulk
