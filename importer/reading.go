package importer

import (
	"cmp"
	"fmt"
	"time"
)

// ParentRef names a record whose parts are to be read again. Part is the table
// of the parts: variants or media of a product, memberships of a category.
type ParentRef struct {
	Part *Table
	ID   string
}

// Compare orders by table and id.
func (r ParentRef) Compare(s ParentRef) int {
	return cmp.Or(cmp.Compare(r.Part.Name, s.Part.Name), cmp.Compare(r.ID, s.ID))
}

// Reading says how a shop was read.
type Reading struct {
	Reader Reader    // used for products
	Began  time.Time // when the shop began to answer; zero: with the call
	// NotRead are columns of tables that were read without them, and why.
	NotRead []NotRead
	// Given are digests, by names of the source, of all that it makes records of; nil
	// where it cannot tell. Same says that they are those of Intake.Given: what was given
	// to the intake is of no account then, and the snapshot before is taken once more.
	Given map[string]string
	Same  bool
}

// Reader names the way in which products were read.
type Reader string

// Origin tells what a snapshot was made of. A shop that gives all of it once more is as
// that snapshot has it, and need not be read.
type Origin struct {
	Program string            // that made it, and the columns that it knows
	Results map[string]string // digests of what the shop gave, by name; nil: it is never the same
}

// NamedRecord is a record that parts of others name, with the key of one such part.
type NamedRecord struct{ ID, By string }

// NamelessRecord is a record that its shop gave without an id, so that nothing is known of it
// but that it is there.
type NamelessRecord struct {
	Table  string // that it belongs into
	Parent string // what it is part of, "" when that is not known
	Place  string // where the shop gave it
	Why    string // what is wrong with its id
	Order  int64  // of a media item: see there
}

// IncompleteRecord is a record of which the shop counts more parts than it gives, also when
// it is asked for them again. None of them is imported then: which is missing, and
// whether another one took its place, nobody can tell.
type IncompleteRecord struct {
	Table            string // of the parts
	ID               string // of the record
	Found, Announced int
}

// Why is a sentence for people.
func (i IncompleteRecord) Why() string {
	return fmt.Sprintf("the shop counts %s %s of %s but gives %s, also when asked again; they are kept as they are here",
		Thousands(i.Announced), i.Table, i.ID, Thousands(i.Found))
}

// The readers. ReaderAuto lets the source choose.
const (
	ReaderAuto   Reader = "auto"
	ReaderBulk   Reader = "bulk"
	ReaderPaged  Reader = "paged"
	ReaderReplay Reader = "replay" // a stored snapshot, no network
)
