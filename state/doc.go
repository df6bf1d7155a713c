// Package state keeps everything eshopctl knows: connectors and their sealed secrets,
// snapshots, plans, runs, and the imported catalogue. It says in SQL what is kept and
// what that means. The engine below is sqlite's business, the stored form of snapshots
// and plans that of chunks, sorting that of extsort.
//
// Times are stored as RFC 3339 text in UTC, ids of the shop as the text that the shop
// sends, lists as JSON. It may import importer/job, importer and connector, whose ports
// DB implements. Begin with db.go, then layout.go (a table of the importer in SQL),
// snapshots.go, plans.go and catalog.go.
package state
