// Package bulk brings lists of a shop as bulk operations. It starts them side by side,
// waits until each has ended, downloads its result whole to a file, verifies it, and
// gives its lines once. How one speaks with the shop, what stands in a line and how to
// name to people what went wrong is known to whoever uses it.
//
// Begin with bring.go: an operation from its start to its verified result. desk.go holds what
// the operations of a reading share; shop.go is the port, and says what can go wrong. It may
// import importer and connector.
package bulk
