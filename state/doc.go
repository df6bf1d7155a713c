// Package state stores everything that eshopctl knows: connectors and their sealed secrets,
// snapshots, plans, runs, and the imported catalogue. DB is an open state file. It
// implements the ports of connector, importer and importer/job with these parts:
//
//	registry    connectors, accounts, and secrets, which vault seals
//	runs        when runs began and how they ended
//	workspace   snapshots and plans; chunks is their stored form, extsort sorts
//	catalog     the catalogue as imports read and write it
//	lists       the catalogue as people list it
//	warehouses  which warehouse stands for which location
//	locks       what keeps runs apart
//
// All of them run SQL through engine, with the table definitions of tables. The SQL is such
// that every engine understands it, except for what these parts import from sqlite: catalog
// loads many rows at once, lists folds texts, locks takes file locks. The rest of what is
// special to one engine, such as the file, its schema, backups and errors, is in sqlite and
// used by this package only.
//
// Times are stored as RFC 3339 text in UTC, ids of the shop as the text that the shop
// sends, lists as JSON. Begin with db.go.
package state
