// Package planning compares a snapshot with the catalogue and keeps the difference as a
// plan. It cannot write the catalogue: it holds a CatalogReader. It imports importer,
// importer/walk and connector.
//
// Begin with planner.go, which goes through the tables; decide.go decides what becomes of
// each record, draft.go and book.go write it down. match_warehouses.go decides which
// warehouse a location gets, match_lost.go what becomes of a location that lost its own;
// takeover.go is for another shop's catalogue in the store. lost_records.go knows which
// records will not exist after the plan, parents.go which of them a record needs, and
// hanging.go sees to rows that refer to them. guard.go compares a plan with limits.
package planning
