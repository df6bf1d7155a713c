// Package planning compares a snapshot with the catalogue and keeps the difference as a
// plan. It cannot write the catalogue: it holds a CatalogReader. It imports importer,
// importer/walk and connector.
//
// Begin with planner.go, which goes through the tables; decide.go says what becomes of
// each record, draft.go and book.go write it down. match_warehouses.go and
// takeover.go are the two hard cases; fates.go knows which records will not be there, and
// hanging.go sees to rows that refer to them. guard.go holds a plan against limits.
package planning
