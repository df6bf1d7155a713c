package rooms

// What a package may have at most. A limit that cannot be met without making the code
// worse has an exception in cmd/layout_rooms_test.go, with its reason.
const (
	MostLines       = 3500
	MostMethods     = 60 // of one type
	MostFiles       = 5  // that the methods of one type stand in
	MostOneWord     = 35 // percent of the functions whose name is one word
	MostBothWays    = 10 // percent of the pairs of files that use each other
	LongestFunction = 55 // lines
	MostFields      = 12 // of one struct
)
