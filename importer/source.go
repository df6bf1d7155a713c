package importer

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
)

// Source is one connected shop. It can only be read.
type Source interface {
	// Shop returns who the shop is and what it grants. The shop is asked once; later calls
	// return the same answer.
	Shop(ctx context.Context) (Shop, error)

	// Read gives all records of the resources to intake, in any order. It returns when
	// everything was read and the number of root records agrees with the shop's own counts.
	Read(ctx context.Context, resources []connector.Resource, intake Intake) (Reading, error)

	// RereadParent calls ReplaceParent and gives the record and all its parts again, or
	// nothing if the shop does not have it any more.
	RereadParent(ctx context.Context, parent ParentRef, intake Intake) error
}

// Intake takes what a source reads. If a record comes twice, the later one counts. Parts
// may come before the record that they belong to. Nothing that is passed is kept, so its
// memory may be reused. The methods may be called by several goroutines, best by one for
// each table.
type Intake interface {
	PutProduct(Product) error
	PutVariant(Variant) error
	PutVariantMedia(VariantMedia) error
	PutMedia(MediaItem) error
	PutCategory(Category) error
	PutMembership(Membership) error
	PutWarehouse(Warehouse) error
	PutLevel(Level) error
	// PutRecord takes a record of any table: the values of its columns, followed by the
	// values beside them (see Table.Beside).
	PutRecord(*Table, Record) error
	// PutNameless takes a record that has no id. If it comes twice it counts twice.
	PutNameless(NamelessRecord) error

	// GivenBefore returns Reading.Given of the snapshot before, nil if the new one cannot
	// be equal to it.
	GivenBefore() map[string]string

	// LackingRecords lists the records of a small table (see Table.Few) to which records
	// that were put refer and that were not put themselves. A source asks for each of them
	// by id before it ends.
	LackingRecords(*Table) []NamedRecord
	// NewSorter returns a sorter for what a source must sort and cannot hold in memory.
	NewSorter() Sorter
	// RestartTable forgets all records of a table, or all MediaLinks, because the source
	// reads them again from the beginning.
	RestartTable(*Table) error
	// ReplaceParent forgets one parent and its parts because the source reads them again.
	ReplaceParent(ParentRef) error
	// AddRemark adds a warning about the read itself.
	AddRemark(Remark)
	// ReportProgress reports how many records of a table have been read. Inventory items
	// are counted for stock levels, and categories for memberships. read is never more than
	// total, which is 0 if it is not known.
	ReportProgress(table *Table, phase Phase, read, total int)
}
