// Package state keeps everything eshopctl knows in one SQLite file: connectors
// and their sealed secrets, snapshots, plans, runs, and the imported catalogue.
//
// It is the only package that speaks SQL. Times are stored as RFC 3339 text in
// UTC, ids of the shop as the text that the shop sends, lists as JSON.
package state
