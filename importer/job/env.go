package job

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Env is everything that a job is done with.
type Env struct {
	State    State
	Shops    Shops
	Operator Operator
	Listener Listener

	Now     func() time.Time
	User    string // who does it and where: USER@HOST
	Program string // the version of this program

	// Room checks that what does not fit the memory has a place, before anything is
	// read.
	Room func() error
	// Classify puts any error into the words that operators get.
	Classify func(error) *connector.Fault
	// Again is the command that does the same job again, with these words besides; nil
	// where no command was typed, or one for several stores.
	Again func(words ...string) connector.Command
}

// Shops are the shops that stores are connected to.
type Shops interface {
	// Source is the shop of a connector, to be read in that way.
	Source(c connector.Connector, reader importer.Reader) (importer.Source, error)
	// Contact keeps what was learned of the shop of a connector by asking it.
	Contact(c connector.Connector) (Contact, error)
}

// Contact keeps what asking a shop, or failing to, tells of its connector. A
// *link.Service is one.
type Contact interface {
	Met(ctx context.Context, c connector.Connector, account connector.Account) (connector.Connector, error)
	Missed(ctx context.Context, c connector.Connector, err error) (connector.Connector, error)
	Probe(ctx context.Context, c connector.Connector) (connector.Connector, error)
}

// Operator decides what only a person can.
type Operator interface {
	// Confirm shows what is about to be done and asks whether it is to be. Nil is yes.
	// Any other answer is an error that the job ends with; where no answer came,
	// ErrNoAnswer is in it.
	Confirm(ctx context.Context, q Question) error
}

// Listener hears how a job goes on. It must not block.
type Listener interface {
	importer.Reporter
	Tell(Event)
}
