package health

import (
	"cmp"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Facts are what is known about one connector and what it imported. What was not
// looked at is nil, and what it would tell is unknown then.
type Facts struct {
	Connector connector.Connector
	Now       time.Time
	App       App
	Ages      Ages
	PlanAge   time.Duration // that a plan may have
	Meant     string        // the store that was most likely meant by a name that nobody connected, else ""

	Machine *Machine // this machine
	Asked   *Asked   // the shop, just now
	SKU     *SKU     // one SKU in shop and store
	Held    *Held    // what the state file holds beside the catalogue
	Key     *Key     // whether the stored secrets can be opened
	KeyFile *KeyFile // how well the key file is guarded; nil when there is none

	ShopClock time.Time // what the shop said at Now; zero when it did not

	LastPreview *importer.Run // nil before the first
	LastRun     *importer.Run // of kind import; nil before the first
	Freshness   map[connector.Resource]importer.Freshness
}

// App is the operator's app at the provider as the settings here describe it.
type App struct {
	ClientID    string            // "" when it is not set
	ForgetID    connector.Command // takes the client id out of the environment, none when it is not set there
	HasSecret   bool
	CallbackURL string
	APIVersion  string            // that is asked for
	ChosenAPI   bool              // by a setting, not by this eshopctl
	ForgetAPI   connector.Command // takes that setting out of the environment, none when it is not set there
	SandboxURL  string            // "" for the real provider
}

// Asked is what came of asking the shop just now.
type Asked struct {
	Fault *connector.Fault // why it did not answer, nil when it did
	Shop  importer.Shop

	// Before is the connector as it was known before the shop was asked, which
	// is what status shows.
	Before connector.Connector
}

// Key is whether the stored secrets can be opened.
type Key struct {
	Fault *connector.Fault // nil when they can
}

// Held is what a look into the state file tells of a store.
type Held struct {
	Former     []string // domains of other shops whose products are not missing yet
	AtWork     string   // who holds the store, "" for nobody
	Products   int
	Levels     int
	Untracked  int            // variants
	Edited     map[string]int // records changed here since the last import, by table
	Warehouses []Warehouse
	Free       []Location // that no warehouse stands for, of the last read
}

// Location is a place of the shop.
type Location struct{ ID, Name string }

// Warehouse is a warehouse of the store.
type Warehouse struct {
	ID, Name   string
	LocationID string // "" when it stands for none
	StoodFor   string // the location that it stood for before that, "" if none is known
	Double     string // the warehouse that stands for that location now, "" for none
	Newer      bool   // it was made after its double
}

// Ages are how old data may become before its light is yellow, and before it is
// red.
type Ages struct{ Warn, Fail Limits }

// Limits is an age for all resources, but for those that have one of their own.
type Limits struct {
	All time.Duration
	Of  map[connector.Resource]time.Duration
}

// For is the limit of a resource.
func (l Limits) For(r connector.Resource) time.Duration {
	if own, ok := l.Of[r]; ok {
		return own
	}
	return l.All
}

// UsualAges are those that count when nobody chose others.
func UsualAges() Ages {
	return Ages{Warn: Limits{All: 24 * time.Hour}, Fail: Limits{All: 7 * 24 * time.Hour}}
}

// live reports whether there is an install.
func (f Facts) live() bool { return f.Connector.State == connector.Live }

// named is the connector with a name to type for a store that is not known yet.
func (f Facts) named() connector.Connector {
	c := f.Connector
	c.Store = cmp.Or(c.Store, "NAME")
	return c
}

// connecting is the command that connects the store.
func (f Facts) connecting() connector.Command { return f.named().Connecting() }

// linkedBefore is the command that connects the store to the shop that it was linked
// to, whatever its row says.
func (f Facts) linkedBefore() connector.Command {
	command := f.of("connect", f.Connector.Provider)
	if way := f.Connector.Auth; way != "" && way != connector.Browser {
		command = command.With("--auth", string(way))
	}
	return command
}

// of is a command about the store of the facts.
func (f Facts) of(name string, args ...string) connector.Command {
	return connector.Typed(name, args...).For(f.named().Store)
}
