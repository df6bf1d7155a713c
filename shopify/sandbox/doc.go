// Package sandbox is a simulated Shopify over real HTTP on the loopback interface: authorize page, token
// endpoint, and a GraphQL Admin API that validates, charges, throttles and pages as Shopify does. Programs
// reach it by sending what is meant for https://SHOP.myshopify.com to its address, with the shop's host name
// in the Host header.
//
// A Server serves Shops. Begin with start.go and routes.go: which request goes where. admission.go lets
// requests in, graphql.go answers them. A Shop (shop.go) puts together what the packages below know: merchant
// and catalogue (what a shop has and what is done to it), admin, graph and bulk (how it is asked), oauth (what
// the app may do) and platform (what answers in the shop's place). What is out of the ordinary stands in
// switch_*.go. Tests use sandboxtest. The sandbox imports nothing else of ours, so that it can be wrong in
// other ways than the program.
package sandbox
