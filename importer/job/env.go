package job

import (
	"context"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Env is everything that a job works with.
type Env struct {
	State    State
	Shops    Shops
	Operator Operator
	Listener Listener

	Now     func() time.Time
	User    string // who runs the job and where: USER@HOST
	Program string // the version of this program

	// Room makes sure that temporary files can be written, before anything is read.
	Room func() error
	// Classify turns any error into words for operators.
	Classify func(error) *connector.Fault
	// Again returns the command that repeats the job, with more words. It is nil if no
	// command was typed, or one for several stores.
	Again func(words ...string) connector.Command
}

// Shops are the shops to which stores are connected.
type Shops interface {
	// Source returns the shop of a connector, to be read by that reader.
	Source(c connector.Connector, reader importer.Reader) (importer.Source, error)
	// Contact returns what stores the answers of a connector's shop.
	Contact(c connector.Connector) (Contact, error)
}

// Contact stores with a connector what its shop answers. *connector.Service implements it.
type Contact interface {
	Met(ctx context.Context, c connector.Connector, account connector.Account) (connector.Connector, error)
	Missed(ctx context.Context, c connector.Connector, err error) (connector.Connector, error)
	Probe(ctx context.Context, c connector.Connector) (connector.Connector, error)
}

// Operator decides what only a person can.
type Operator interface {
	// Confirm shows what is about to be done and asks whether to do it. nil means yes. Any
	// other answer is an error with which the job ends; if no answer came it wraps
	// ErrNoAnswer.
	Confirm(ctx context.Context, q Question) error
}

// Listener is told how a job goes on. It must not block.
type Listener interface {
	importer.Reporter
	Tell(Event)
}
