// Package chunks is the stored form of snapshots and plans: how a record is stored is
// decided here. Some hundreds of records or changes make a chunk, which names its table and
// columns, so that any later program can read it, and has a checksum. Where the chunks are
// kept is decided in state/workspace.
//
// It may import importer, and owns the compression library. Begin with chunk_bytes.go, which has
// the format of a chunk. Cutter (cutter.go) makes the chunks of a snapshot, Changes
// (changes.go) those of a plan; Content (content.go) reads both. remarks.go stores remarks
// as records, single.go stores one record by itself, notes.go is what is stored beside a
// chunk. older.go reads what earlier programs wrote.
package chunks
