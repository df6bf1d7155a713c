// Package chunks is the stored form of snapshots and plans: records and changes,
// some hundreds in a chunk, which names its table and columns, so that any later
// program reads it by name, and carries a checksum. Bytes in, records out, and the
// other way round; where the bytes are kept is the business of others.
//
// It may import importer, and owns the library that compresses. Begin
// with form.go, which says how the bytes of a chunk look. Cutter (cutter.go) makes the
// chunks of a snapshot, Changes (changes.go) those of a plan, Content (content.go) reads
// both. What earlier programs wrote is read in older.go.
package chunks
