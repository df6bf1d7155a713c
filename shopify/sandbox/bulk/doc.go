// Package bulk runs bulk operations: it checks their query by the rules of Shopify's validator, reads all of a
// shop through package graph, and writes the lines of the result file in the order that the settings ask for.
//
// Begin with desk.go, which takes operations; operation.go is one of them, reader.go reads, serve.go sends the
// file. It may import graph, catalogue, gid, order and web.
package bulk
