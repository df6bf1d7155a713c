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
	At      *Place   // whose levels are wanted
	Limit   int
	Names   bool // NameColumns stand behind the others

	EachVariant bool // a level of an item that variants share is listed for each of them
}

// Place is where stock of a store lies: a location of one of its accounts.
type Place struct {
	Account  int64  // the state's own number for it; 0 for any
	Location string // its external id
}

// CountedColumn tells whether a listed level counts in sums: that of an item which
// variants share counts once.
const CountedColumn = "counted"

// ListColumns are the fields of a listed row of t, in their order: its id, the
// record's columns, and what eshopctl notes about the row.
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

// NameColumns are the fields that a listed row has behind its own when names are
// asked for: what people call the records that it refers to.
func NameColumns(t *Table) []Column {
	var columns []Column
	for _, parent := range t.ShownParents() {
		if column := (Column{Name: parent.As}); !slices.Contains(columns, column) {
			columns = append(columns, column)
		}
	}
	return columns
}

// Sums are what the rows that a filter chooses come to, its limit left aside.
type Sums struct {
	Rows      int
	Missing   int   // the shop no longer shows them
	Untracked int   // stock levels whose numbers mean nothing
	Units     int64 // available, of tracked levels
	Unknown   int   // tracked levels of which the shop gives no number
}

// Freshness says when the shop was read that the data of one resource comes from,
// and when that was imported.
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
