// Package connector says how an eshopOS store is linked to one external shop.
//
// A connector is the record of that link. It is live only while it holds an
// install: the authorised, active right to read the shop. It is inactive before
// the first connect, after a disconnect and when the provider finally refuses
// the token; it is failed when a callback or token exchange did not complete.
// A failed attempt never harms a working install.
//
//	inactive ── connect ──▶ live ── disconnect, token refused ──▶ inactive
//	    │                    │
//	    └── connect fails ─▶ failed        a live one stays live and remembers
//	                                       its last attempt
//
// The package holds the words that everybody uses, such as Fault, Next and Patience,
// and two ports: a Provider describes the platform, a Registry remembers the
// connectors. It imports nothing of this module. What is done with a connector stands
// in connector/link.
//
// Begin with connector.go, then reason.go and fault.go.
package connector
