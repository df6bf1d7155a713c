package access

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// StateFile is the open state file, with all that any command needs. Functions take the
// narrowest port that will do: one of importer/job, or one of those below.
type StateFile interface {
	Connections
	job.State
	job.PastRuns
	job.Rows
	job.Warehouses
	job.Facts
	job.Upkeep
	Close() error
}

// Connections are the connectors, and the bulk operations that still run at their shops.
type Connections interface {
	connector.Registry
	job.Ledgers
}

// Depot is the warehouses and the rows of their stock.
type Depot interface {
	job.Warehouses
	job.Rows
}
