package importer

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// Source is one connected shop. It can only be read.
type Source interface {
	// Shop is who the shop is and what it lets us read. It is asked once; after that
	// the same answer counts.
	Shop(ctx context.Context) (Shop, error)

	// Read gives everything that the shop holds of the resources to intake, in
	// any order, and returns when all of it was read and the shop's own counts
	// of roots agree.
	Read(ctx context.Context, resources []connector.Resource, intake Intake) (Reading, error)

	// RereadParent calls Replace and gives the named record and all its parts once
	// more, or nothing when the shop does not have it any more.
	RereadParent(ctx context.Context, parent ParentRef, intake Intake) error
}

// Intake takes what a source reads. A record that comes twice counts once; the
// later one wins, and so does a link. Parts may come before what they belong to. Nothing of what is
// given is kept: its memory may be used again. The methods may be called by
// several goroutines, best one for each table.
type Intake interface {
	PutProduct(Product) error
	PutVariant(Variant) error
	PutVariantMedia(VariantMedia) error
	PutMedia(MediaItem) error
	PutCategory(Category) error
	PutMembership(Membership) error
	PutWarehouse(Warehouse) error
	PutLevel(Level) error
	// PutRecord takes a record of any table: its values, and behind them what is said beside
	// its columns.
	PutRecord(*Table, Record) error
	// PutNameless takes a record that has no id. One that comes twice counts twice.
	PutNameless(NamelessRecord) error

	// GivenBefore is what Reading.Given said of the snapshot before, nil when there is none
	// that the new one may be equal to.
	GivenBefore() map[string]string

	// LackingRecords lists the records of a small table (Few) that what was given names and
	// that were not given. A source asks for each by its id before it ends.
	LackingRecords(*Table) []NamedRecord
	// NewSorter lets the source put in order more than the memory holds.
	NewSorter() Sorter
	// RestartTable forgets all records of a table, or all MediaLinks, because the source
	// reads them anew.
	RestartTable(*Table) error
	// ReplaceParent forgets one parent and its parts because the source reads them
	// anew.
	ReplaceParent(ParentRef) error
	// AddRemark adds a warning about the read itself.
	AddRemark(Remark)
	// ReportProgress tells how far the reading of a table is, by the records that are
	// counted: inventory items for levels, and categories for their members. read is
	// never more than total, which is 0 when it is not known.
	ReportProgress(table *Table, phase Phase, read, total int)
}
