package facts

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// Gatherer looks at this machine and at the stores.
type Gatherer struct {
	Settings   Settings
	Shops      Shops
	Open       func(context.Context) (State, error)       // the state file, to be read; whoever made the Gatherer closes it
	OpenBeside func(context.Context) (StateHandle, error) // the same file, to be written; the Gatherer closes it
	LeftOut    func(connector.Connector)                  // hears of each store that is passed over
	Classify   func(error) *connector.Fault               // puts an error into the words of operators
	Now        func() time.Time
}

// State is what facts are read from.
type State interface {
	connector.Registry
	job.Ledgers
	job.PastRuns
	job.Rows
	job.Warehouses
	job.Facts
	job.Upkeep
	// Catalog is the catalogue of a store as linked to the connector's account.
	Catalog(ctx context.Context, c connector.Connector) (importer.Catalog, error)
	// LastSnapshot is the newest read of a connector's shop, or importer.ErrNotKept.
	LastSnapshot(ctx context.Context, of connector.ID) (importer.Snapshot, error)
	// StoreLock is what a run holds while it works on what its store has of one provider.
	StoreLock(of connector.ID) job.Lock
}

// StateHandle is a State that is to be closed after use.
type StateHandle interface {
	State
	Close() error
}

// Shops are the providers and their shops.
type Shops interface {
	// Provider connects stores to shops of the provider of that name.
	Provider(name string) (connector.Provider, error)
	// Shop is the shop of a connector, to be read. Tokens that have ended are renewed in db.
	Shop(db State, c connector.Connector) (job.Shop, error)
}

// Settings are what the operator chose that facts depend on.
type Settings struct {
	Choice    job.Choice // the store that was named, and the platforms that there are
	StatePath string
	Temp      scratch.Folder
	KeyFile   func() *health.KeyFile // as it lies there now, nil while there is none
	App       func(of connector.Platform) health.App
	Ages      func(store string) health.Ages
	Getenv    func(name string) string

	CallbackVariable string            // the variable of the callback URL at the usual provider
	ForgetCallback   connector.Command // takes it out of the environment, none when it is not set there
}

// PlanAge is how old a plan may be unless somebody chose.
const PlanAge = 24 * time.Hour

// Known is what is known of a connector without looking into the state file.
func (g *Gatherer) Known(c connector.Connector) health.Facts {
	return health.Facts{
		Connector: c, Now: g.Now(), App: g.Settings.App(c.Platform), Ages: g.Settings.Ages(c.Store), PlanAge: PlanAge,
		Freshness: map[connector.Resource]importer.Freshness{},
	}
}

// usual is the provider that is meant where none was named and none is known.
func (g *Gatherer) usual() connector.Platform { return g.Settings.Choice.Platforms.Usual() }
