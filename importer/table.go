package importer

import (
	"fmt"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// Column is one field of a table. Its name is the column in the database, the field in JSON
// and the name in lists of changes.
type Column struct {
	Name string
	Type Type
	// Unit is the singular of what the column counts, or the name of the column that holds
	// the unit; "" if it has none.
	Unit string
	// Personal says that the column holds personal data. It is shown where the records
	// themselves are listed or exported, and nowhere else: remarks, errors, names and lists
	// of changes are kept for long, mailed and shared.
	Personal bool
}

// Table describes one kind of record. The key columns identify a record within one external
// account.
type Table struct {
	Name     string
	One      string             // what people call one record
	Resource connector.Resource // the capability that reads it
	Keys     []int              // one column or two, the more significant one first
	Columns  []Column

	// Local says that rows have an id of their own and may exist without the
	// shop; the other tables only link rows.
	Local bool
	// Kept says that a row which the shop no longer shows is marked missing.
	// Rows of other tables are parts of a kept row and are removed.
	Kept bool
	// Few says that there are so few records that all their ids fit into memory.
	Few bool
	// Completed says that staging completes or checks the records with those of other
	// tables, in code of its own for this table.
	Completed bool
	// Linkable says that people link rows to records of the shop, and unlink them.
	Linkable bool
	// Parents are the columns that refer to a record of another table, or to a set of them.
	// A record is part of its first parent. If several parents share a column, each says
	// by When which records it applies to.
	Parents []Parent
	// Links is the table of links between these records and those of another table, which
	// a source gives separately. It is not a table of the catalogue.
	Links *Table
	// Counted says which value beside the columns of the first parent is the number of its
	// parts in this table: 1 for the first such value, 0 if there is none.
	Counted int
	// Beside is how many values a source gives with a record beyond its columns. They
	// follow the columns until the snapshot is made.
	Beside int
	// Reason is the column in which MarkUnfit notes why a record cannot be imported.
	Reason int
	// Stocked are the columns that say how much is in stock, nil if there are none. Such
	// rows are removed when the record that they belong to vanishes from the shop, even if
	// that record is kept. They are read back after they were written.
	Stocked *StockColumns
	// Archived is the value by which a column marks a kept record as archived, nil if there
	// is none.
	Archived *Field
	// CreatedRun and UpdatedRun say that rows have columns of these names, with the run
	// that created them and the run that changed them last.
	CreatedRun, UpdatedRun bool

	Label
	Shown
	Searched []string // columns in which a search looks, beside the names of parents
	Filters  []Filter
}

// Label says which columns people use as the name of a record.
type Label struct {
	Title  int    // the column with the title, 0 for none; a kept record has one
	Within bool   // the title of the owner comes first; the record's own title may be silent (connector.Platform.SilentTitle)
	Code   int    // a column that is better known than the title, if it is not blank; 0 for none
	Called []int  // columns that name a record without a title: the first with a value counts
	Joined string // joins the names of the second and the first parent, for records without a name of their own
}

// Shown says what people see of the records of a table when they are listed. Columns are
// given by name, separated by spaces. Other programs get all columns.
type Shown struct {
	Listed string // columns, and the names of parents
	Spare  string // those of Listed that are left out in a narrow window
	Later  string // those of Listed that are left out in a very narrow window only
	Told   string // columns that describe a record that is created or removed
	Minor  bool   // the counts of this table are left out in a narrow window
	Walked string // what is counted while the table is read, "" for its records
}

// Field is a column with a value.
type Field struct {
	Column int
	Value  Value
}

// ValueCount returns how many values a record of t has until the snapshot is made.
func (t *Table) ValueCount() int { return len(t.Columns) + t.Beside }

// Column returns the index of the named column. It panics if there is none.
func (t *Table) Column(name string) int {
	i := slices.IndexFunc(t.Columns, func(c Column) bool { return c.Name == name })
	if i < 0 {
		panic("importer: " + t.Name + " has no column " + name)
	}
	return i
}

// Filter returns the filter of that name.
func (t *Table) Filter(name string) (Filter, error) {
	i := slices.IndexFunc(t.Filters, func(f Filter) bool { return f.Name == name })
	if i < 0 {
		return Filter{}, fmt.Errorf("there is no filter %q for %s", name, t.Name)
	}
	return t.Filters[i], nil
}

// ColumnNames returns the names of the columns, in order.
func (t *Table) ColumnNames() []string {
	names := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		names[i] = column.Name
	}
	return names
}

// StockColumns are the columns that say how much there is of something.
type StockColumns struct {
	Tracked int // whether Number means anything
	Number  int
}

// Parent is a column that holds keys of another table.
type Parent struct {
	Column int
	Table  *Table
	As     string // the field with the parent's name in a list, "" for none
	// When is the value of another column in the records that have this parent; nil if all
	// records have it. Parents that share a column share As as well.
	When *Field
}
