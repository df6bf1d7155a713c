package health

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Facts are what is known about one connector and what it imported.
type Facts struct {
	Connector   connector.Connector
	Now         time.Time
	MaxAge      time.Duration // that the data may have
	PlanAge     time.Duration // that a plan may have
	Trouble     string        // why the shop could not be asked just now, else ""
	LastPreview *importer.Run // nil before the first
	LastRun     *importer.Run // of kind import; nil before the first
	Freshness   map[connector.Resource]Freshness
}

// Freshness says when the shop was read that the data of one resource comes from,
// and when that was imported.
type Freshness struct {
	AsOf       time.Time
	ImportedAt time.Time
}

// trouble is why the last contact with the shop was not good.
func (f Facts) trouble() string {
	if f.Connector.Trouble != "" {
		return f.Connector.Trouble
	}
	return f.Trouble
}

// attemptFailed reports whether the last attempt to connect failed.
func (f Facts) attemptFailed() bool {
	return f.Connector.LastAttempt != nil && f.Connector.LastAttempt.Reason != ""
}
