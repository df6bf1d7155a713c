// Package engine is what all SQL of the state runs through, whatever the database: the open
// place (DB), its errors in words, and the forms in which times, lists and short texts are
// stored. It knows no table.
//
// It may import connector. Begin with db.go.
package engine
