// Package records has the records of a shop as the documents ask for them, what they are
// to an import, and the Giver, by which both readers give them to it: records that fit,
// those that do not, and those that have no id.
//
// Begin with giver.go; a kind of record is a file. A field of the API that was not asked
// for before gets its place here, in queries, and in the reader of lines in package
// results. It may import importer, decode, queries and gid, and of bulk what finds records
// that come twice. It asks nobody.
package records
