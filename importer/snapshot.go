package importer

import (
	"iter"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// SnapshotInfo describes a snapshot.
type SnapshotInfo struct {
	Run        string // the run that read it
	Shop       Shop
	Reader     Reader
	Resources  []connector.Resource // what was read
	AsOf       time.Time            // when the reading began
	FinishedAt time.Time
	Given      Origin             // what it was made of
	Incomplete []IncompleteRecord // records of which parts are missing
	Nameless   []NamelessRecord   // what came without an id
	// Lacking are ids that records name and that the shop does not show, by table.
	Lacking map[string][]string `json:",omitempty"`
	// Chunks stands for what is noted of the chunks of each kind; nil where that is not known.
	Chunks map[string]string `json:",omitempty"`
	// NotRead are columns of tables that it was read without.
	NotRead []NotRead `json:",omitempty"`
}

// Snapshot is one complete, verified read of a shop. It never changes.
type Snapshot interface {
	Info() SnapshotInfo
	// Chunks gives the chunks of a table in the order of their keys.
	Chunks(t *Table) iter.Seq2[Chunk, error]
	// UnpackChunk gives the records of a chunk of the table.
	UnpackChunk(t *Table, c Chunk) (PackedRecords, error)
	// Remarks gives what was remarked about the records while reading, and
	// RemarksOn what follows from those of one table.
	Remarks() iter.Seq2[Remark, error]
	RemarksOn(t *Table) iter.Seq2[Remark, error]
}

// Chunk is a stretch of a snapshot's records. Where it ends follows from the keys in
// it, so that equal stretches of two snapshots mostly make equal chunks.
type Chunk struct {
	Digest  string // equal digests mean equal records
	Last    string // no key in it is greater; all that follow are
	Records int
	InStock int  // of these, tracked levels above zero
	Sound   bool // all of them are; false when that is not known
}

// RecordsOf gives all records of a snapshot's table in the order of their keys.
func RecordsOf(s Snapshot, t *Table) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for chunk, err := range s.Chunks(t) {
			var records PackedRecords
			if err == nil {
				records, err = s.UnpackChunk(t, chunk)
			}
			if err != nil {
				yield(nil, err)
				return
			}
			for records.HasNext() {
				if record, err := records.NextRecord(); !yield(record, err) || err != nil {
					return
				}
			}
		}
	}
}

// SnapshotWriter builds a snapshot. Records of one table, and its remarks, come
// in the order of their keys from one goroutine at a time; several tables may be
// written side by side. Nobody sees the snapshot before Commit.
type SnapshotWriter interface {
	WriteRecord(t *Table, r Record) error
	// WriteRemark keeps a remark that follows from the records of t, or about the
	// reading itself when t is nil.
	WriteRemark(t *Table, r Remark) error
	// CopyTable takes the records and remarks of a table as they stand in an earlier
	// snapshot.
	CopyTable(t *Table, from Snapshot) error
	Commit(SnapshotInfo) (Snapshot, error)
	Discard() error
}

// UnreadColumns are the columns of a table that the snapshot lacks.
func (i SnapshotInfo) UnreadColumns(t *Table) (lacking ColumnSet) {
	for _, n := range i.NotRead {
		if n.Resource != t.Name {
			continue
		}
		for at, column := range t.Columns {
			if slices.Contains(n.Fields, column.Name) {
				lacking |= 1 << at
			}
		}
	}
	return lacking
}
