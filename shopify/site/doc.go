// Package site is the way to Shopify, at its real addresses or at a sandbox on this machine.
// Requests reach only the one shop that an HTTP client is for, or the host where Shopify keeps
// files, which never sees a token (guard.go, files.go). No answer is waited for without end
// (stall.go). Begin with site.go. The package may import connector.
package site
