package importer

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// Plan is the difference between a snapshot and the catalogue, with all that must still
// hold when it is applied.
type Plan struct {
	ID        string // of the run that made it
	Store     string
	Provider  string
	Domain    string
	AccountID string
	Currency  string // of the shop when it was read

	Scopes       []string // granted when it was made
	Capabilities []connector.Resource
	Resources    []connector.Resource // what it covers
	Choices      Choices
	Serial       int64     // of the catalogue when the plan was made
	Edits        int64     // number of the last local edit that it takes into account
	Dropped      []string  `json:",omitempty"` // runs whose snapshots cannot be read: applying the plan drops them
	Snapshot     string    // run id of the snapshot
	AsOf         time.Time // of the snapshot
	MadeAt       time.Time

	Reader     Reader
	Counts     Tally
	Had        map[string]int // records that the catalogue held, by table
	InStock    int            // tracked levels that stood above zero
	Zeroed     int            // of these, levels that the plan brings to zero or removes
	Waiting    []string       `json:",omitempty"` // locations without a warehouse, whose levels stay until somebody links one
	Withdrawn  map[string]int // removed though the shop still shows them, by table; counted among the removed
	Takeover   *Takeover      // nil when the store held nothing of another shop
	Warnings   int
	WarningsBy map[string]int
	RejectedBy map[string]int
	NotRead    []NotRead // columns that the snapshot was read without
}

// PlanWriter stores the changes of a plan. They are written table by table in key order.
// Nobody sees the plan before Commit.
type PlanWriter interface {
	WriteChange(Change) error
	WriteRemark(Remark) error
	Commit(Plan) error
	Discard() error
}

// Choices are what an operator may choose about a plan.
type Choices struct {
	KeepLocalEdits bool // records edited here are skipped, not overwritten
	ArchiveMissing bool // what the shop no longer shows is archived
}

// Takeover says that the store holds the catalogue of another shop, whose records will be
// kept and marked missing.
type Takeover struct {
	From     string // domains of the shops before
	Products int    // products of these shops in the store
	Matching int    // of these, how many ids the new shop has as well
}

// TakeoverQuestion returns the question that an operator must answer before a takeover, ""
// without one.
func (p *Plan) TakeoverQuestion() string {
	if p.Takeover == nil {
		return ""
	}
	return fmt.Sprintf("this store holds %s products of %s; %s of %s's ids match: is this the right shop?",
		Thousands(p.Takeover.Products), p.Takeover.From, Thousands(p.Takeover.Matching), p.Domain)
}

// CheckBalance makes sure that every record of the snapshot is accounted for.
func (p *Plan) CheckBalance() error {
	for _, t := range Tables() {
		if !p.Counts.Of(t).IsBalanced() {
			return &connector.Fault{Code: connector.Internal,
				Message: "the accounting of " + t.Name + " does not balance; nothing was written", Next: connector.Advice("report it as a bug")}
		}
	}
	return nil
}

// FinishedRun returns run as finished with the counts and remarks of plan. Its status is
// Partial if the plan rejects a record.
func FinishedRun(run Run, plan Plan, now time.Time) Run {
	now = now.UTC()
	run.Counts, run.Warnings = plan.Counts, plan.Warnings
	run.WarningsBy, run.RejectedBy = plan.WarningsBy, plan.RejectedBy
	run.Plan, run.Reader, run.FinishedAt, run.AsOf = plan.ID, plan.Reader, &now, &plan.AsOf
	run.HasRead(plan.Resources, plan.NotRead)
	run.Status = Succeeded
	if plan.Counts.RejectedRecords() > 0 || len(plan.RejectedBy) > 0 {
		run.Status = Partial
	}
	return run
}
