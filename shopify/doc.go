// Package shopify is the provider Shopify: how a shop is connected, and how it is read
// for an import.
//
//	        ┌─▶ pages ─────────────┐
//	Source ─┤                      ├─▶ records.Giver ─▶ importer.Intake
//	        └─▶ results ◀─ bulk ◀──┘
//	               │         │
//	             client ◀────┘    one request, and what the shop answers
//	               │
//	           site, queries, decode, gid
//
// A Provider connects; a Source reads. Each list of a shop comes by pages (package pages)
// or as the result of a bulk operation (package results), and both give the same. Begin
// with reading.go: it says which way is taken, and what follows when one fails. Nothing
// here knows the state or a view; fields, queries and errors of Shopify are the business
// of the packages below.
package shopify
