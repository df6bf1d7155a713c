// Package staging makes a verified snapshot from what a source gives in any order: sorted,
// each record once, parts counted against what their parents announced, links resolved. It
// knows no catalogue. It imports importer, importer/walk and connector.
//
// Begin with stager.go, which reads a shop from its first answer to the snapshot.
// assembly.go takes what comes and intake.go sorts it; assemble.go writes it table by
// table, with stock.go for the levels (which variant a level of several variants gets is
// decided there) and variants.go for variants and media. announced.go and census.go count
// parts; rereads.go and verify.go read again what does not add up. replay.go takes a part
// of an earlier run's snapshot, given.go all of it.
package staging
