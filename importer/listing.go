package importer

import (
	"errors"
	"slices"
	"time"
)

// ListFilter chooses rows of the catalogue. Limit 0 has no limit.
type ListFilter struct {
	Store   string
	Search  string   // part of what a row shows, in whatever case
	Filters []Filter // all must hold
	At      *Place   // only stock levels at this place
	Limit   int
	Names   bool // NameColumns follow the other columns

	EachVariant bool // a stock level whose inventory item belongs to several variants is listed once for each
}

// Place is where stock of a store lies: a location of one of its accounts.
type Place struct {
	Account  int64  // the state's own number for it; 0 for any
	Location string // its external id
}

// CountedColumn is the column of a listed stock level that says whether the level counts in
// sums: a level that is listed for several variants counts once.
const CountedColumn = "counted"

// ListColumns returns the columns of a listed row of t, in order: its local id, the columns
// of the table, and the bookkeeping beside them.
func ListColumns(t *Table) []Column {
	var columns []Column
	if t.Local {
		columns = append(columns, Column{Name: "id", Type: Text})
	}
	columns = append(columns, t.Columns...)
	if t.Linkable {
		columns = append(columns, Column{Name: "linked", Type: Bool})
	}
	if t == Stock {
		columns = append(columns, Column{Name: CountedColumn, Type: Bool})
	}
	if t.Kept {
		columns = append(columns, Column{Name: "missing_since", Type: Text})
	}
	if t.CreatedRun {
		columns = append(columns, Column{Name: "created_run", Type: Text})
	}
	if t.UpdatedRun {
		columns = append(columns, Column{Name: "updated_run", Type: Text})
	}
	return columns
}

// NameColumns returns the columns with the names of the records that a listed row refers
// to. They follow ListColumns if names were asked for.
func NameColumns(t *Table) []Column {
	var columns []Column
	for _, parent := range t.ShownParents() {
		if column := (Column{Name: parent.As}); !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return columns
}

// Sums are totals over the rows that a filter chooses, regardless of its limit.
type Sums struct {
	Rows      int
	Missing   int   // the shop no longer shows them
	Untracked int   // stock levels whose numbers mean nothing
	Units     int64 // available, of tracked levels
	Unknown   int   // tracked levels of which the shop gives no number
}

// Freshness says when the shop was read for the data of one resource, and when that data
// was imported.
type Freshness struct {
	AsOf       time.Time
	ImportedAt time.Time
}

// RunFilter chooses runs. Empty fields choose all; Limit 0 has no limit.
type RunFilter struct {
	Store    string
	Provider string
	Kind     string
	Status   string
	Limit    int
}

// ErrNoRun means that no run has that id, ErrSeveralRuns that more than one begins
// with it.
var (
	ErrNoRun       = errors.New("no such run")
	ErrSeveralRuns = errors.New("more than one run begins like that")
)
