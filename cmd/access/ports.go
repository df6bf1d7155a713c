package access

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// StateFile is the open state file: the sum of what any command needs of it. Commands
// get it whole; what they call takes the port that it is about, or one of the sums below.
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

// Connections are the connectors, and what there is to go on with at their shops.
type Connections interface {
	connector.Registry
	job.Ledgers
}

// Depot is the warehouses with the rows of their stock.
type Depot interface {
	job.Warehouses
	job.Rows
}
