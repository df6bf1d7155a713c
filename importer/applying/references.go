package applying

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// references makes sure, inside the transaction, that no row refers to a record that does
// not exist. Before the plan all references were good, except in rows that others edited.
// So only what the plan writes is checked: the parents of rows that are created or linked,
// and rows that refer to removed ones.
type references struct {
	ctx    context.Context
	to     importer.CatalogWriter
	plan   *importer.Plan
	edited bool // somebody edited rows since the plan was made

	named   map[*importer.Table][]*reference // references, by the table that has them
	made    map[*importer.Table]*walk.KeySet // keys of created rows, in tables to which others refer
	removed map[*importer.Table][]string     // keys of removed rows
	touched map[*importer.Table]*requirement // keys of rows that somebody edited
}

// reference is a column that refers to records of another table.
type reference struct {
	of     *importer.Table
	parent importer.Parent
	last   string // the value that was noted last
	wanted requirement
}

// requirement is a set of records that must exist. If all is true there were too many to
// remember.
type requirement struct {
	ids []string
	all bool
}

// maxWanted is how many records are looked up one by one. With more of them the whole table
// is checked.
const maxWanted = 4096

func (w *requirement) add(id string) {
	if w.all = w.all || len(w.ids) == maxWanted; w.all {
		w.ids = nil
		return
	}
	w.ids = append(w.ids, strings.Clone(id))
}

func newReferences(ctx context.Context, to importer.CatalogWriter, plan *importer.Plan, edited bool) *references {
	r := &references{
		ctx: ctx, to: to, plan: plan, edited: edited,
		named: map[*importer.Table][]*reference{}, made: map[*importer.Table]*walk.KeySet{}, removed: map[*importer.Table][]string{},
		touched: map[*importer.Table]*requirement{},
	}
	for _, t := range importer.Tables() {
		for _, parent := range t.Parents {
			r.named[t] = append(r.named[t], &reference{of: t, parent: parent})
			r.made[parent.Table] = walk.NewKeySet()
		}
	}
	return r
}

// lookForEdits notes which rows others edited.
func (r *references) lookForEdits() error {
	for _, t := range importer.Tables() {
		r.touched[t] = &requirement{}
		for d, err := range r.to.Deviations(r.ctx, t) {
			if err != nil {
				return err
			}
			if d.Edited {
				r.touched[t].add(d.Key)
			}
		}
	}
	return nil
}

// notePassing notes the records of t that pass on their way into the catalogue.
func (r *references) notePassing(t *importer.Table, records iter.Seq2[importer.Record, error]) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for record, err := range records {
			if err == nil {
				for _, to := range r.named[t] {
					r.noteName(to, record)
				}
				if made := r.made[t]; made != nil {
					made.AddKey(t.Key(record))
				}
			}
			if !yield(record, err) {
				return
			}
		}
	}
}

// noteName notes to which records a record refers in one column, except those that were
// just created.
func (r *references) noteName(to *reference, record importer.Record) {
	value := record[to.parent.Column]
	if value.Text() == to.last || !to.parent.IsOf(record) { // neighbours mostly name the same
		return
	}
	to.last = value.Text()
	made := r.made[to.parent.Table]
	for id := range to.of.ParentIDs(to.parent, record) {
		if !made.HasKey(id) {
			to.wanted.add(id)
		}
	}
}

// noteChange notes what a change does to a row. A row of another account that is linked to
// this one counts as removed there.
func (r *references) noteChange(m step, record importer.Record) {
	if r.made[m.Table] != nil && (m.Action == importer.Remove || m.Action == importer.Update && m.row.Foreign) {
		r.removed[m.Table] = append(r.removed[m.Table], m.row.Key)
	}
	if m.Action == importer.Remove {
		return
	}
	for _, to := range r.named[m.Table] {
		if slices.ContainsFunc(m.Fields, func(f importer.FieldChange) bool { return to.parent.HangsOn(f.Column) }) {
			r.noteName(to, record)
		}
	}
}

// check makes sure that everything noted exists.
func (r *references) check() error {
	for _, t := range importer.Tables() {
		for _, to := range r.named[t] {
			if err := cmp.Or(r.checkNamed(to), r.checkLeft(to), r.checkTouched(to)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *references) checkNamed(to *reference) error {
	switch {
	case to.wanted.all:
		return r.checkDangling(to, nil)
	case len(to.wanted.ids) == 0:
		return nil
	}
	id, err := r.to.FirstAbsent(r.ctx, to.parent.Table, to.wanted.ids)
	if err != nil || id == "" {
		return err
	}
	return r.lacksRecord(to, id)
}

// checkLeft looks for rows that refer to removed records.
func (r *references) checkLeft(to *reference) error {
	if removed := r.removed[to.parent.Table]; len(removed) > 0 {
		return r.checkDangling(to, removed)
	}
	return nil
}

// checkTouched checks the rows that others edited, and those that refer to them. The plan
// would have mended them if it had seen the edit. Tables that the plan does not cover are
// not checked.
func (r *references) checkTouched(to *reference) error {
	rows, named := r.touched[to.of], r.touched[to.parent.Table]
	switch {
	case rows == nil || !slices.Contains(importer.TablesOf(r.plan.Resources), to.of):
		return nil
	case rows.all || named.all:
		return r.checkDangling(to, nil)
	case len(named.ids) > 0:
		if err := r.checkDangling(to, named.ids); err != nil {
			return err
		}
	}
	for _, key := range rows.ids {
		if err := r.checkRow(to, key); err != nil {
			return err
		}
	}
	return nil
}

func (r *references) checkRow(to *reference, key string) error {
	row, has, err := r.to.FindRow(r.ctx, to.of, key)
	if err != nil || !has {
		return err
	}
	waiting := r.waitingIn(to.parent.Table)
	named := slices.DeleteFunc(slices.Collect(to.of.ParentIDs(to.parent, row.Record)),
		func(id string) bool { return slices.Contains(waiting, id) })
	if len(named) == 0 {
		return nil
	}
	id, err := r.to.FirstAbsent(r.ctx, to.parent.Table, named)
	if err != nil || id == "" {
		return err
	}
	return r.lacksRecord(to, id)
}

// checkDangling returns an error if a row refers to one of these records, or to any if ids
// is nil, that does not exist.
func (r *references) checkDangling(to *reference, ids []string) error {
	id, err := r.to.FirstDangling(r.ctx, to.of, to.parent, ids, r.waitingIn(to.parent.Table))
	if err != nil || id == "" {
		return err
	}
	return r.lacksRecord(to, id)
}

// waitingIn returns the records of a table that the plan knows not to exist. Rows that
// refer to them stay until somebody links a warehouse.
func (r *references) waitingIn(t *importer.Table) []string {
	if t == importer.Warehouses {
		return r.plan.Waiting
	}
	return nil
}

// lacksRecord returns the error for a record that does not exist although a row refers to
// it: somebody removed it since the plan was made, or the plan is wrong.
func (r *references) lacksRecord(to *reference, id string) error {
	if r.edited {
		return StaleError(fmt.Sprintf("%s %s was taken away, and the plan would leave %s of it", to.parent.Table.Name, id, to.of.Name))
	}
	return &connector.Fault{Code: connector.Internal,
		Message: fmt.Sprintf("reference bug: after writing, there are %s of %s of %s, which is not there; everything was rolled back",
			to.of.Name, id, to.parent.Table.Name),
		Next: reportNext(r.plan.ID, to.of)}
}
