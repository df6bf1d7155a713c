// Package shopify is the provider Shopify: how a shop is connected, and how it
// is read through the Admin GraphQL API.
//
//	              ┌─▶ walk: pages of a list ─────────────┐
//	Site ─▶ Client┤                                      ├─▶ Source ─▶ importer.Intake
//	where    one  └─▶ bulk: an operation, its file,      ┘   what an
//	it is    call     verified, line by line                 import means
//
// A Site is the real Shopify or a sandbox on this machine. A Client asks one
// document of one shop and answers with data or a *connector.Fault; all waiting
// and all trying again happens there and nowhere else. A list of the shop is read
// by pages (walk.go, walk_root.go, walk_spans.go) or by a bulk operation (bulk.go, and
// package bulk, which knows no GraphQL), and both give the same; source_reading.go says which, catch_up.go brings what changed
// meanwhile. The documents stand in queries/, one file each.
package shopify
