package importer

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// UnreadableError says that what is stored of a run, its snapshot or its plan, cannot
// be read any more, and why. The catalogue does not hang on it.
type UnreadableError struct {
	Run string
	Err error
}

func (e *UnreadableError) Error() string {
	return fmt.Sprintf("what is stored of %s cannot be read: %s", e.Run, e.Err)
}

// Unwrap returns why.
func (e *UnreadableError) Unwrap() error { return e.Err }

// IsUnreadable reports whether an error is that of what is stored of a run. The next
// import does without it.
func IsUnreadable(err error) bool {
	var which *UnreadableError
	return errors.As(err, &which)
}

// unreadable is the error of a snapshot whose records make no sense.
func unreadable(of Snapshot, err error) error {
	if of == nil || !errors.Is(err, errCutOff) && !errors.Is(err, errEndsEarly) {
		return err
	}
	return &UnreadableError{of.Info().Run, err}
}

// dropped are the snapshots that could not be read, and why. Whoever needs one does
// without it.
type dropped map[string]error

// learn reports whether an error is that of a snapshot which was not known to be unreadable.
func (d *dropped) learn(err error) (run string, learned bool) {
	var which *UnreadableError
	if !errors.As(err, &which) || (*d)[which.Run] != nil {
		return "", false
	}
	if *d == nil {
		*d = dropped{}
	}
	(*d)[which.Run] = which.Err
	return which.Run, true
}

// had reports whether a snapshot, or the error with which it was asked for, is one of
// those.
func (d dropped) had(s Snapshot, err error) bool {
	var which *UnreadableError
	if errors.As(err, &which) {
		return d[which.Run] != nil
	}
	return err == nil && s != nil && d[s.Info().Run] != nil
}

// runs are those whose snapshots they are.
func (d dropped) runs() []string { return slices.Sorted(maps.Keys(d)) }

// remarks tell of each that it is done without.
func (d dropped) remarks() (all []Remark) {
	for _, run := range d.runs() {
		all = append(all, Remark{
			Code: WarnSnapshotDropped, Severity: Warning, Resource: "snapshots", ExternalID: run,
			Message: fmt.Sprintf("the stored snapshot of %s cannot be read (%s): the shop is compared with the rows instead, and an import drops it", run, d[run]),
			Next:    connector.Typed("doctor").After("nothing to do; if it comes again, look at the disk and the state file: "),
		})
	}
	return all
}

// rowsAsSnapshot stands for a snapshot of what was imported where there is none: the
// rows, as they are. What was imported into them is not known.
type rowsAsSnapshot struct {
	Snapshot // none: only chunks are asked for
	ctx      context.Context
	rows     CatalogReader
}

const rowsInChunk = 256

// Info says nothing.
func (rowsAsSnapshot) Info() SnapshotInfo { return SnapshotInfo{} }

// Chunks gives the rows. The records themselves stand for their digest.
func (s rowsAsSnapshot) Chunks(t *Table) iter.Seq2[Chunk, error] {
	return func(yield func(Chunk, error) bool) {
		var chunk Chunk
		var records []byte
		more := func() bool {
			chunk.Digest = string(records)
			given := chunk
			chunk, records = Chunk{}, records[:0]
			return given.Records == 0 || yield(given, nil)
		}
		for row, err := range s.rows.Rows(s.ctx, t) {
			if err != nil {
				yield(Chunk{}, err)
				return
			}
			records = AppendRecord(records, row.Record)
			chunk.Last, chunk.Records, chunk.InStock = row.Key, chunk.Records+1, chunk.InStock+t.InStock(row.Record)
			if chunk.Records == rowsInChunk && !more() {
				return
			}
		}
		more()
	}
}

// Unpack gives the rows of a chunk.
func (rowsAsSnapshot) Unpack(t *Table, c Chunk) (Packed, error) {
	return Pack(c.Digest, t.LaidOut(t.ColumnNames())), nil
}
