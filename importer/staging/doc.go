// Package staging makes a verified snapshot of what a source gives in any order: sorted,
// each record once, parts counted against what their parents announced, links resolved.
// It knows no catalogue. It imports importer, importer/walk and connector.
//
// Begin with stager.go, which reads a shop from its first answer to the snapshot.
// assembly.go takes what comes, intake.go sorts it, assemble.go writes it table by table
// (stock.go and variants.go the hard ones). announced.go and census.go count parts,
// rereads.go and verify.go have read again what does not add up. replay.go takes a part of what an earlier run read, given.go all of it.
package staging
