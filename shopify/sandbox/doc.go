// Package sandbox is a simulated Shopify over real HTTP on the loopback interface: authorize page, token
// endpoint, and a GraphQL Admin API that validates, charges, throttles and pages as Shopify does. Programs
// reach it by sending what is meant for https://SHOP.myshopify.com to its address, with the shop's host name
// in the Host header.
//
// A Server serves Shops. Begin with sandbox.go and routes.go, then graphql.go and execute.go: how a question
// is answered, by the fields_*.go of each type. What a merchant does stands in merchant_*.go, what is out of
// the ordinary in switch_*.go, and what a shop holds is told by truth.go. Its schema is cut out of Shopify's
// own (cutschema). It imports nothing of ours, so that it can be wrong in other ways than the program.
package sandbox
