package importer

import (
	"iter"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// SnapshotInfo describes a snapshot. It is stored as JSON.
type SnapshotInfo struct {
	Run        string // the run that read it
	Shop       Shop
	Reader     Reader
	Resources  []connector.Resource // what was read
	AsOf       time.Time            // when the reading began
	FinishedAt time.Time
	Given      Origin             // from what it was made
	Incomplete []IncompleteRecord // records of which parts are missing
	Nameless   []NamelessRecord   // records that came without an id
	// Lacking lists by table the ids to which records refer and that the shop does not show.
	Lacking map[string][]string `json:",omitempty"`
	// Chunks has a checksum over the list of chunks of each table; nil in snapshots of older programs.
	Chunks map[string]string `json:",omitempty"`
	// NotRead lists the columns that were not read.
	NotRead []NotRead `json:",omitempty"`
}

// Snapshot is one complete, verified read of a shop. It never changes.
type Snapshot interface {
	Info() SnapshotInfo
	// Chunks yields the chunks of a table in key order.
	Chunks(t *Table) iter.Seq2[Chunk, error]
	// UnpackChunk returns the records of a chunk of the table.
	UnpackChunk(t *Table, c Chunk) (PackedRecords, error)
	// Remarks yields all remarks that were made while reading.
	Remarks() iter.Seq2[Remark, error]
	// RemarksOn yields the remarks on the records of one table, or on the read itself if t
	// is nil.
	RemarksOn(t *Table) iter.Seq2[Remark, error]
}

// Chunk describes consecutive records of a snapshot, some hundreds. Where a chunk ends
// follows from the keys in it, so that snapshots with the same records mostly have the same
// chunks.
type Chunk struct {
	Digest  string // equal digests mean equal records
	Last    string // the greatest key in it
	Records int
	InStock int  // tracked levels above zero among them
	Sound   bool // Table.IsSound holds for all of them; false if that is not known
}

// RecordsOf yields all records of a snapshot's table in key order.
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

// SnapshotWriter writes a snapshot. The records of one table, and its remarks, are written
// in key order by one goroutine at a time; several tables may be written at once. Nobody
// sees the snapshot before Commit.
type SnapshotWriter interface {
	WriteRecord(t *Table, r Record) error
	// WriteRemark writes a remark on the records of t, or on the read itself if t is nil.
	WriteRemark(t *Table, r Remark) error
	// CopyTable copies the records and remarks of a table from an earlier snapshot.
	CopyTable(t *Table, from Snapshot) error
	Commit(SnapshotInfo) (Snapshot, error)
	Discard() error
}

// UnreadColumns returns the columns of a table that the snapshot was read without.
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
