// Package shopify is the provider Shopify: how a shop is connected, and how it
// is read through the Admin GraphQL API.
//
//	Site ─▶ Client ─▶ walk ─▶ Source ─▶ importer.Intake
//	where    one call,  pages   what an
//	it is    paced,     to the  import
//	         retried    end     means
//
// A Site is the real Shopify or a sandbox on this machine. A Client asks one
// document of one shop and answers with data or a *connector.Fault; all waiting
// and all trying again happens there and nowhere else. Walks turn pages, and a
// Source turns what they bring into records. The documents stand in queries/,
// one file each.
package shopify
