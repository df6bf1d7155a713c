// Package client asks one shop questions over the Admin GraphQL API: a document goes out, and
// data or a *connector.Fault comes back. It does all waiting and all trying again, and words
// what goes wrong.
//
// Begin with ask.go, then attempt.go, which sends one request. answer.go takes an answer
// apart; throttle.go says how long to wait after a refusal, and waits.go waits; budget.go
// mirrors what the shop can be asked; failure.go, status.go, graphql.go and foreign.go word
// what goes wrong. operations.go, start.go and transfer.go implement bulk.Shop. The package
// may import site, queries, decode, gid and bulk, and of importer the description of a shop.
package client
