// Package queries holds the GraphQL documents that are sent to Shopify, one file each, and what
// is known of a document before it is sent: its operation, its price, its name for people.
// Fields that a version of the API lacks and the program can do without are left out
// (absent.go, selection.go). Begin with document.go. The package imports nothing of ours and
// sends nothing.
package queries
