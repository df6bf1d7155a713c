// Package admin is the Admin API of one shop: for each GraphQL type the fields that it answers, and the lists
// with their filters and orders.
//
// Begin with api.go, which says who answers for what, and root.go. odd.go has what a shop is made to say beside
// the schema. It may import graph, bulk, catalogue, gid and order.
package admin
