package importer

import (
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Kind is the kind of a run.
type Kind string

// The kinds.
const (
	KindPreview   Kind = "preview"
	KindImport    Kind = "import"
	KindReconcile Kind = "reconcile"
	KindUndo      Kind = "undo"
)

// Command returns the command that an operator types for a run of that kind.
func (k Kind) Command(store string) connector.Command {
	name := "import preview"
	switch k {
	case KindImport:
		name = "import run"
	case KindReconcile:
		name = "reconcile"
	}
	return connector.Typed(name).For(store)
}

// Status says how a run went.
type Status string

// The statuses.
const (
	Running     Status = "running"
	Succeeded   Status = "succeeded"
	Partial     Status = "partial" // finished, but some records were rejected
	Failed      Status = "failed"
	Interrupted Status = "interrupted" // its process died or was stopped
)

// Run is one entry of the history. Its JSON is a contract with scripts.
type Run struct {
	ID             string               `json:"id"`
	Kind           Kind                 `json:"kind"`
	Store          string               `json:"store"`
	Provider       string               `json:"provider"`
	Domain         string               `json:"external_domain"`
	AccountID      string               `json:"external_account_id"`
	Status         Status               `json:"status"`
	Error          *RunError            `json:"error"`
	Plan           string               `json:"plan"` // "" while none was made
	Reader         Reader               `json:"reader"`
	StartedAt      time.Time            `json:"started_at"`
	FinishedAt     *time.Time           `json:"finished_at"`
	Counts         Tally                `json:"counts"`
	Warnings       int                  `json:"warnings"`
	WarningsBy     map[string]int       `json:"warnings_by_code"`
	RejectedBy     map[string]int       `json:"rejections_by_code"`
	AcceptedOf     string               `json:"accepted_warnings_of"` // the run whose warnings were accepted by --accept-warnings-of, "" for none
	Resources      []connector.Resource `json:"resources"`            // that the run was to read
	NotRead        []NotRead            `json:"not_read"`             // what it did not read, whether it was to or not
	AsOf           *time.Time           `json:"as_of"`                // when the read of the shop began, nil before one ended well
	StartedBy      string               `json:"started_by"`           // USER@HOST
	Reconciliation *Reconciliation      `json:"reconciliation,omitempty"`
	Stop           *Stop                `json:"-"` // of a preview: what would stop an import of its plan
}

// NewRun returns a run on a connector's store that begins now. It has no id yet.
func NewRun(kind Kind, c connector.Connector, now time.Time) Run {
	return Run{
		Kind: kind, Store: c.Store, Provider: c.Provider, Domain: c.Domain, AccountID: c.AccountID,
		Status: Running, StartedAt: now.UTC(), WarningsBy: map[string]int{}, RejectedBy: map[string]int{},
		Resources: connector.Resources(), NotRead: []NotRead{},
	}
}

// ConnectorID returns the id of the connector that the run was for.
func (r *Run) ConnectorID() connector.ID { return connector.ID{Store: r.Store, Provider: r.Provider} }

// Stop is what will stop the import of a plan unless the operator overrides it.
type Stop struct {
	Why   string   // a sentence
	Flags []string // the flags that override it, with their values
}

// DifferentRecords returns how many records a run of kind reconcile found to differ,
// including those that are only to be filled.
func (r *Run) DifferentRecords() int {
	if r.Reconciliation == nil {
		return 0
	}
	total := r.FilledRecords()
	for _, n := range r.Reconciliation.Moved {
		total += n
	}
	return total
}

// FilledRecords returns how many updated records only get values in columns that were not
// imported before.
func (r *Run) FilledRecords() int {
	total := 0
	for _, t := range Tables() {
		total += r.Counts.Of(t).Filled
	}
	return total
}

// RemarkCount returns how many remarks of a code the run made, or of all codes if code is
// "".
func (r *Run) RemarkCount(code string) int {
	total := 0
	for _, by := range []map[string]int{r.WarningsBy, r.RejectedBy} {
		for of, n := range by {
			if code == "" || code == of {
				total += n
			}
		}
	}
	return total
}

// RunError is the failure of a run as it is stored and shown.
type RunError struct {
	Code    connector.Code `json:"code"`
	Message string         `json:"message"`
	Next    connector.Next `json:"hint"` // a face writes it out
}

// PlanID returns the id of the run whose plan, changes and remarks this run has: its own,
// or that of the preview whose plan it applied.
func (r Run) PlanID() string {
	if r.Plan != "" {
		return r.Plan
	}
	return r.ID
}
