// Package walk goes through snapshots and rows in the order of their keys, and finds
// single records in them. It knows what of a snapshot cannot be read, and stands rows in
// its place. It decides nothing. It imports importer and connector.
//
// Begin with pair.go, which walks two sequences side by side. way.go is the way through
// one table of a snapshot, march.go that through a fresh snapshot, what was imported and
// the rows that deviate from it. finder.go finds records out of order.
package walk
