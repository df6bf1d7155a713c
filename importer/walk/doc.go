// Package walk goes through snapshots and rows in key order, and finds single records in
// them. It knows which snapshots cannot be read and puts rows in their place. It decides
// nothing. It imports importer and connector.
//
// Begin with pair.go, which walks two sequences side by side. way.go goes through one table
// of a snapshot; march.go goes through a fresh snapshot, the imported one and the rows that
// deviate from it. finder.go finds records in any order.
package walk
