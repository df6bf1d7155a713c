// Package lists reads rows as people see them: chosen by filters and searches, with names,
// counted and added up; and what there is to know of a store without its shop. It writes
// nothing.
//
// It may import state/tables, state/engine, state/sqlite for the folding of texts in SQL,
// importer and connector. Begin with Lists in lists.go; filters.go, search.go and names.go
// make the SQL that it runs.
package lists
