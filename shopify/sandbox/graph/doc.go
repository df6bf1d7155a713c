// Package graph runs GraphQL queries as Shopify's Admin API does: it checks a document against the schema,
// prices and plans it, and has a Source answer the fields one by one. It knows no shop. The schema is cut out of
// Shopify's own by cutschema.
//
// Begin with request.go, then plan.go and execute.go. It may import gid, order and scopes.
package graph
