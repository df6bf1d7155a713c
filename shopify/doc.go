// Package shopify is the provider Shopify: how a shop is connected, and how it is read for an
// import.
//
// A Provider connects. A Source reads: each list of a shop by pages, or as the result of a
// bulk operation, and both ways give the same. This is how a product comes from an answer of
// Shopify to an importer.Product:
//
//	by pages                             by bulk operation
//	pages.Reader.ReadProducts            results.Reader.ReadProducts
//	client.Client.Ask                    bulk.Desk.BringResult (asks by client)
//	a records.Page of records.Product    a line of records.Product (results/lines.go)
//	              records.Giver.GiveProduct
//	              importer.Intake.PutProduct
//
// Package decode makes a records.Product of the JSON; queries has the documents that ask for
// it; site is the way to the shop; repeats finds what came twice; gid knows ids.
//
// Begin with reading.go: which way is taken, and what follows when one fails. The package
// knows neither the state nor a view. It is the only one that knows both pages and results;
// the fields, queries and errors of Shopify are the business of the packages below.
package shopify
