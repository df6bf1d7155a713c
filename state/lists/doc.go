// Package lists reads rows as people see them: chosen by filters and searches, with names,
// counted and added up. It also reads what is known of a store without asking its shop. It
// writes nothing.
//
// It may import state/tables, state/engine, state/sqlite for folding texts in SQL, importer
// and connector. Begin with Lists in lists.go; filters.go, search.go and names.go make the
// SQL that it runs. shared_stock.go lists a level of two variants once for each of them,
// and sums.go counts it once.
package lists
