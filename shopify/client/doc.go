// Package client asks one shop questions over the Admin GraphQL API: one document, and
// data or a *connector.Fault. All waiting and all trying again happens here and nowhere
// else. What the shop says of its errors is put into words of ours here.
//
// Begin with ask.go, then attempt.go: one request. answer.go takes an answer apart, waits.go
// waits between two requests, budget.go knows what the shop can pay for, and failure.go and
// the files behind it (status.go, graphql.go, foreign.go) word what goes wrong. operations.go
// does for package bulk what has to be said to a shop about bulk operations. It may import
// site, queries, decode and gid, of importer only the words for a shop, and bulk for its
// port.
package client
