package staging

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/walk"
)

// Stager reads a connected shop and keeps a snapshot of it. It knows no catalogue.
type Stager struct {
	Source    importer.Source
	Program   string // the version of this program
	Workspace importer.Workspace
	Report    importer.Reporter
	Now       func() time.Time

	Dropped walk.UnreadableSnapshots // snapshots of earlier runs that could not be read
	twice   bool                     // the shop was read again because the run's own snapshot was unreadable
}

// ReadsAgain reports whether err says that the run's own snapshot cannot be read, because
// it shares chunks with a damaged one. Then the shop must be read again; this happens once.
func (s *Stager) ReadsAgain(err error, run string) bool {
	var which *importer.UnreadableError
	if !errors.As(err, &which) || which.Run != run || s.twice {
		return false
	}
	s.twice = true
	return true
}

// Read reads the shop into a new snapshot. If the snapshot before cannot be read it does
// without.
func (s *Stager) Read(ctx context.Context, run *importer.Run, c connector.Connector,
	resources []connector.Resource) (importer.Snapshot, error) {
	for {
		snapshot, err := s.readOnce(ctx, run, c, resources)
		if unread, learned := s.Dropped.LearnFrom(err); !learned || unread == run.ID {
			return snapshot, err
		}
	}
}

func (s *Stager) readOnce(ctx context.Context, run *importer.Run, c connector.Connector,
	resources []connector.Resource) (importer.Snapshot, error) {
	began := s.Now().UTC()
	shop, err := s.Source.Shop(ctx)
	if err != nil {
		return nil, err
	}
	if err := importer.SameShop(c, shop); err != nil {
		return nil, err
	}
	before, err := s.snapshotBefore(ctx, run, shop, resources)
	if err != nil {
		return nil, err
	}
	found := NewAssembly(s.Workspace.NewSorter, before, s.Report)
	defer found.Close()
	reading, err := s.Source.Read(ctx, resources, found)
	if err != nil {
		return nil, err
	}
	run.Reader = reading.Reader
	if !reading.Began.IsZero() {
		began = reading.Began.UTC()
	}
	if err := failpoint.Reach("stage/read"); err != nil {
		return nil, err
	}
	to, err := found.makeSnapshot(ctx, run.ID, reading.Same, s.Source, s.Workspace, resources)
	if err != nil {
		return nil, err
	}
	return to.Commit(importer.SnapshotInfo{
		Run: run.ID, Shop: shop, Reader: reading.Reader, Resources: resources, AsOf: began, FinishedAt: s.Now().UTC(),
		Given: found.givenNow(s.Program, reading), Incomplete: found.rereads.incompleteRecords(), Nameless: found.nameless,
		Lacking: found.allLacking(), NotRead: reading.NotRead,
	})
}

// snapshotBefore returns the newest snapshot of the connector if the new one may be equal
// to it: the same program made it, of the same resources of the same shop. A change of
// currency counts as another shop, because the same price means something else.
func (s *Stager) snapshotBefore(ctx context.Context, run *importer.Run, shop importer.Shop,
	resources []connector.Resource) (importer.Snapshot, error) {
	if s.twice {
		return nil, nil // the damage came from it
	}
	before, err := s.Workspace.LastSnapshot(ctx, run.ConnectorID())
	if errors.Is(err, importer.ErrNotKept) || s.Dropped.HasDropped(before, err) {
		return nil, nil
	}
	if err != nil {
		return before, err
	}
	info := before.Info()
	sameShop := info.Shop.AccountID == shop.AccountID && info.Shop.Currency == shop.Currency
	if info.Run == run.ID || !sameShop || info.Given.Program != madeBy(s.Program) || !slices.Equal(info.Resources, resources) {
		return nil, nil
	}
	return before, nil
}
