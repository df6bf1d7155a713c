package job

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// work is one run on one store: it holds the store's lock and has an entry in the history.
type work struct {
	env       Env
	connector connector.Connector
	catalog   importer.Catalog
	lock      Lock
	run       importer.Run
	planned   bool             // the run has a plan
	now       func() time.Time // the run's own clock
	haste     haste
}

// check is a check before any request. It returns what the run is to read.
type check func(*work) ([]connector.Resource, error)
