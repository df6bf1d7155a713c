package importer

import (
	"cmp"
	"fmt"
	"time"
)

// ParentRef refers to a record whose parts are to be read again. Part is the table of the
// parts: variants or media of a product, memberships of a category.
type ParentRef struct {
	Part *Table
	ID   string
}

// Compare orders references by table name and id.
func (r ParentRef) Compare(s ParentRef) int {
	return cmp.Or(cmp.Compare(r.Part.Name, s.Part.Name), cmp.Compare(r.ID, s.ID))
}

// Reading says how a shop was read.
type Reading struct {
	Reader Reader    // used for products
	Began  time.Time // when the shop began to answer; zero: with the call
	// NotRead lists the columns of tables that the shop did not give, and why.
	NotRead []NotRead
	// Given holds digests of everything from which the source made records, under names
	// that the source chooses; nil if it has none. Same says that they equal those of
	// Intake.GivenBefore: the shop is as it was, so the intake is ignored and the records
	// are copied from the snapshot before.
	Given map[string]string
	Same  bool
}

// Reader names the way in which products were read.
type Reader string

// Origin says from what a snapshot was made. If the same program reads the same from the
// shop again, the records need not be made again.
type Origin struct {
	Program string            // that made it, with a digest of the columns that it knows
	Results map[string]string // Reading.Given; nil if the snapshot must not be used again
}

// NamedRecord is the id of a record to which others refer, and the key of one of these
// others.
type NamedRecord struct{ ID, By string }

// NamelessRecord is a record that the shop gave without an id. Nothing else of it is kept.
type NamelessRecord struct {
	Table  string // that it belongs into
	Parent string // id of the record that it is part of, "" if that is not known
	Place  string // where in the shop's answer it stood
	Why    string // what is wrong with its id
	Order  int64  // MediaItem.Order, for a media item
}

// IncompleteRecord is a record of which the shop counts more parts than it gives, even when
// asked again. None of its parts is imported then, because nobody can tell which of them
// are missing or replaced.
type IncompleteRecord struct {
	Table            string // of the parts
	ID               string // of the record
	Found, Announced int
}

// Why returns a sentence for operators.
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
