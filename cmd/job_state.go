package cmd

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state"
)

// jobState is the open state file as jobs see it.
type jobState struct {
	*state.DB
	program *program
}

// Reopen closes the file and opens it anew.
func (s *jobState) Reopen(ctx context.Context) error {
	db, err := s.program.open(ctx, true, state.Open)
	if err == nil {
		s.DB = db
	}
	return err
}

// Catalog is the catalogue of a connector's store.
func (s *jobState) Catalog(ctx context.Context, c connector.Connector) (importer.Catalog, error) {
	return s.DB.Catalog(ctx, c)
}

// Prune drops what is kept of runs beyond the newest.
func (s *jobState) Prune(ctx context.Context, of connector.ID) error {
	return s.DB.Prune(ctx, of, state.RunsKept)
}

// StoreLock is the lock that a run holds on its store.
func (s *jobState) StoreLock(of connector.ID) job.Lock { return jobLock{s.DB.StoreLock(of)} }

// ApplyLock is the lock under which one run at a time writes.
func (s *jobState) ApplyLock() job.Lock { return jobLock{s.DB.ApplyLock()} }

type jobLock struct{ *state.Lock }

// Holder is who took the lock last, in words.
func (l jobLock) Holder(ctx context.Context) string { return l.Lock.Holder(ctx).String() }
