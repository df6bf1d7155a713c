package cmd

import (
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

// stateFile is the open state file: the sum of what any command needs of it. Commands
// get it whole; what they call takes the port that it is about, or one of the sums below.
type stateFile interface {
	connections
	job.State
	job.Past
	job.Rows
	job.Warehouses
	job.Facts
	job.Upkeep
	Close() error
}

// connections are the connectors, and what there is to go on with at their shops.
type connections interface {
	connector.Registry
	job.Ledgers
}

// depot is the warehouses with the rows of their stock.
type depot interface {
	job.Warehouses
	job.Rows
}
