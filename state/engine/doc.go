// Package engine is what the SQL of the state runs through, whatever database it is: the
// place that is open (DB), the errors of it in words, and the forms in which times, lists
// and short texts stand in a row. It knows no table.
//
// It may import connector. Begin with db.go.
package engine
