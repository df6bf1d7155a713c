package job

import (
	"context"
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

// beginRun takes the store's lock, calls ready, and only then records the start of the run:
// a job that is refused leaves no trace.
func beginRun(ctx context.Context, env Env, c connector.Connector, kind importer.Kind, ready check) (*work, error) {
	w := &work{env: env, connector: c}
	err := w.lockStore(ctx, kind)
	if err == nil {
		err = w.recordStart(ctx, kind, ready)
	}
	if err != nil {
		w.haste.noteCause(env, err)
		w.close(ctx)
		return nil, err
	}
	return w, nil
}

// beginReading is beginRun for a run that reads the shop.
func beginReading(ctx context.Context, env Env, c connector.Connector, kind importer.Kind, asked []connector.Resource) (*work, error) {
	return beginRun(ctx, env, c, kind, func(w *work) ([]connector.Resource, error) {
		return importer.ReadyResources(w.connector, asked)
	})
}

// lockStore takes the store's lock and tells about runs that died.
func (w *work) lockStore(ctx context.Context, kind importer.Kind) error {
	lock := w.env.State.StoreLock(w.connector.ID())
	before := lock.Holder(ctx)
	if err := lock.Take(ctx, fmt.Sprintf("%s of store %s", kind, w.connector.Store)); err != nil {
		return err
	}
	w.lock = lock
	if err := failpoint.Reach("preview/locked"); err != nil {
		return err
	}
	died, err := w.env.State.DeadRuns(ctx, w.connector.ID())
	for _, id := range died {
		w.env.Listener.Tell(RunDied{Run: id, Holder: before})
	}
	return err
}

func (w *work) recordStart(ctx context.Context, kind importer.Kind, ready check) error {
	var err error
	if w.catalog, err = w.env.State.Catalog(ctx, w.connector); err != nil {
		return err
	}
	w.run = importer.NewRun(kind, w.connector, w.env.Now())
	resources, err := ready(w)
	if err == nil {
		err = w.env.Room() // now rather than in the middle of a long read
	}
	if err != nil {
		return err
	}
	w.now = importer.SteadyClock(w.env.Now)
	w.run.StartedAt, w.run.StartedBy = w.now(), w.env.User // the time for answering a question does not count
	w.run.WillRead(w.connector, resources)
	w.run, err = w.env.State.BeginRun(ctx, w.run)
	return err
}
