// Package site is the way to Shopify, at its real addresses or at a sandbox on this
// machine. Nothing goes anywhere but to the one shop that a client is for, or to where
// Shopify keeps files, and those see no token (guard.go, files.go). Nothing is waited for
// without an end (stall.go). Begin with site.go. It may import connector.
package site
