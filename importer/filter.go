package importer

// Filter is a named choice of rows that operators look for.
type Filter struct {
	Name  string
	Means string // "rows that ..."
	All   []Condition
}

// Condition is one test of a column.
type Condition struct {
	Column string
	Is     Test
	Than   string // for Other
	By, As string // for Unnamed: the table and the column in which no row may name it
}

// Test is the kind of a Condition.
type Test int

// The tests. An absent value passes Blank, Absent, Other and NotZero.
const (
	Blank     Test = iota // no text, or spaces only
	Absent                // not there
	Present               // there
	Other                 // not equal to Than
	Zeroed                // zero, or false
	NotZero               // anything but zero or false
	BelowZero             // a number below zero
	Shared                // a text that another row of the table has as well
	Unnamed               // no row of another table refers to it, or it has no key to refer to
)
