package health

import (
	"cmp"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Facts are what is known about one connector and what it imported. A part that nobody
// looked at is nil, and what depends on it is unknown.
type Facts struct {
	Connector connector.Connector
	Now       time.Time
	App       App
	Ages      Ages
	PlanAge   time.Duration // that a plan may have
	Meant     string        // the store that was most likely meant by a name that nobody connected, else ""

	Machine  *Machine  // this machine
	Answer   *Answer   // the shop, just now
	SKU      *SKU      // one SKU in shop and store
	Contents *Contents // what the state file holds beside the catalogue
	Key      *Key      // whether the stored secrets can be opened
	KeyFile  *KeyFile  // how well the key file is guarded; nil when there is none

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

// Answer is what came of asking the shop just now.
type Answer struct {
	Fault *connector.Fault // why it did not answer, nil when it did
	Shop  importer.Shop

	// Before is the connector as it was known before the shop was asked, which
	// is what status shows.
	Before connector.Connector
}

// isLive reports whether there is an install.
func (f Facts) isLive() bool { return f.Connector.State == connector.Live }

// shopAnswered reports whether the shop was asked just now, and answered.
func (f Facts) shopAnswered() bool { return f.Answer != nil && f.Answer.Fault == nil }

// namedConnector returns the connector, with NAME to type for a store that is not known
// yet.
func (f Facts) namedConnector() connector.Connector {
	c := f.Connector
	c.Store = cmp.Or(c.Store, "NAME")
	return c
}

// connectCommand returns the command that connects the store.
func (f Facts) connectCommand() connector.Command { return f.namedConnector().ConnectCommand() }

// linkedBefore returns the command that connects the store to the shop that it was
// linked to, whatever its row says.
func (f Facts) linkedBefore() connector.Command {
	command := f.command("connect", f.Connector.Provider)
	if way := f.Connector.Auth; way != "" && way != connector.Browser {
		command = command.With("--auth", string(way))
	}
	return command
}

// command returns a command about the store.
func (f Facts) command(name string, args ...string) connector.Command {
	return connector.Typed(name, args...).For(f.namedConnector().Store)
}
