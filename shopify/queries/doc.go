// Package queries has the GraphQL documents, one file each, with what is known of them
// before they are sent: the operation, the price, how people call them. What a version of
// the API lacks and the program can do without is left out of them (lacking.go). Begin with
// document.go. It imports nothing of ours, and sends nothing.
package queries
