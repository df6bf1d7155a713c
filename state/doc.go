// Package state keeps everything eshopctl knows: connectors and their sealed secrets,
// snapshots, plans, runs, and the imported catalogue. DB is an open state file; it answers
// the ports of connector, importer and importer/job by the parts that it puts together:
//
//	registry    connectors, accounts, secrets, which vault seals
//	runs        that runs began, and how they ended
//	workspace   what they read and planned; chunks is its stored form, extsort its sort
//	catalog     the catalogue as imports read and write it
//	lists       the catalogue as people list it
//	warehouses  which warehouse stands for which location
//	locks       what keeps runs apart
//
// All of them speak SQL through engine, with the tables of tables. They say it as every
// engine understands it but for what they take from sqlite by name: catalog the loading of
// many rows, lists the folding of texts, locks the locks themselves. What else is one
// engine's own, the file, its schema, its backups and its errors, is sqlite's business, and
// is asked for by this package alone.
//
// Times are stored as RFC 3339 text in UTC, ids of the shop as the text that the shop
// sends, lists as JSON. Begin with db.go.
package state
