package importer

// Filter chooses the rows of a table that operators look for.
type Filter struct {
	Name  string
	Means string // "rows that ..."
	All   []Condition
}

// Condition is what a column of a row has to hold.
type Condition struct {
	Column string
	Is     Test
	Than   string // for Other
	By, As string // for Unnamed: the table and the column in which no row may name it
}

// Test is how a value is looked at.
type Test int

// The tests. An absent value passes Blank, Absent, Other and NotZero.
const (
	Blank     Test = iota // no text, or spaces only
	Absent                // not there
	Present               // there
	Other                 // other than a text
	Zeroed                // zero, or false
	NotZero               // anything but zero or false
	BelowZero             // a number below zero
	Shared                // a text that another row of the table has as well
	Unnamed               // named by no row of another table, or nothing to be named by
)
