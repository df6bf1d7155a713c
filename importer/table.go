package importer

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// Column is one field of a table. Its name is the column of the database, the
// field of the JSON output and the name in a list of changes.
type Column struct {
	Name string
	Type Type
	// Unit is what a number of it counts, as one of them is called, or the column that says
	// what it is in; "" where there is nothing to say.
	Unit string
	// Personal says that it tells of a person. Such a value is shown where the records
	// themselves are listed or exported, and nowhere else: remarks, errors, names and lists
	// of changes are kept for long, mailed and shared, and do without.
	Personal bool
}

// Table describes one kind of record. The key columns identify a record within
// one external account.
type Table struct {
	Name     string
	One      string             // what people call one record
	Resource connector.Resource // the capability that reads it
	Keys     []int              // one column or two, the first decides the order first
	Columns  []Column

	// Local says that rows have an id of their own and may exist without the
	// shop; the other tables only link rows.
	Local bool
	// Kept says that a row which the shop no longer shows is marked missing.
	// Rows of other tables are parts of a kept row and are removed.
	Kept bool
	// Few says that there are so few of them that all ids may be remembered.
	Few bool
	// Completed says that the assembly completes its records by those of other tables,
	// or remarks on them by those: it has a step of its own there.
	Completed bool
	// Linkable says that people link rows to records of the shop, and unlink them.
	Linkable bool
	// Parents are the columns that name a record of another table, or a set of them.
	// The first one is what a record is part of; several that stand in one column say by
	// another which of them a record has.
	Parents []Parent
	// Links are what a source gives beside it: its records and those of another table
	// that belong together. They are no table of the catalogue.
	Links *Table
	// Counted says which of the values behind the columns of a record of the first
	// parent tells how many parts of this table it has, 1 for the first; 0: none does.
	Counted int
	// Beside is how many values a source says of a record beside its columns: they
	// stand behind them until the snapshot is made.
	Beside int
	// Reason is the column in which a record that does not fit says why.
	Reason int
	// Stocked is what counts as in stock, nil where nothing does. Rows that may be in
	// stock go when what they belong to vanishes, though that is kept; what is written
	// is read back.
	Stocked *StockColumns
	// Archived is what a column says of a kept record that is archived, nil where none
	// can say so.
	Archived *Field
	// CreatedRun and UpdatedRun say that rows note the run that made them and the one
	// that changed them last.
	CreatedRun, UpdatedRun bool

	Label
	Shown
	Searched []string // columns, beside the names of what a record refers to
	Filters  []Filter
}

// Label is what people call the records of a table by.
type Label struct {
	Title  int    // the column with it; a kept record has one
	Within bool   // the title of what the record is part of stands before its own, which may say nothing (connector.Platform.SilentTitle)
	Code   int    // a column that is better known than the title, where it is not blank
	Called []int  // columns that name a record without a title, the first that there is
	Joined string // stands between the names of the second and the first parent, of records that have no more than these
}

// Shown is what people see of the records of a table when they are listed, by the names
// of columns. Other programs get all.
type Shown struct {
	Listed string // columns, with what the parents are called
	Spare  string // of these, those that a narrow window may go without
	Later  string // and those that only a very narrow one may go without
	Told   string // columns that say the most about a record that comes or goes
	Minor  bool   // a narrow window may go without its figures
	Walked string // what is counted while it is read, "" for its records
}

// Field is a column with a value.
type Field struct {
	Column int
	Value  Value
}

// ValueCount is how many values a record of t has until the snapshot is made.
func (t *Table) ValueCount() int { return len(t.Columns) + t.Beside }

// Column returns the place of the named column; the name must exist.
func (t *Table) Column(name string) int {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic("importer: " + t.Name + " has no column " + name)
	}
	return i
}

// Filter finds a filter of the table.
func (t *Table) Filter(name string) (Filter, error) {
	i := slices.IndexFunc(t.Filters, func(f Filter) bool { return f.Name == name })
	if i < 0 {
		return Filter{}, fmt.Errorf("there is no filter %q for %s", name, t.Name)
	}
	return t.Filters[i], nil
}

// ColumnNames are the names of the columns, in order.
func (t *Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = column.Name
	}
	return names
}

// StockColumns are the columns that tell how much there is of something.
type StockColumns struct {
	Tracked int // whether the number means anything
	Number  int
}

// Parent ties a column to the table whose key it holds.
type Parent struct {
	Column int
	Table  *Table
	As     string // the field with what the parent is called, where a record is listed; "" for none
	// When is what another column says of the records that this is a parent of, nil where
	// it is one of all. Parents that share their column share what they are called as well.
	When *Field
}
