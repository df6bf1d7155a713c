package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// Reconcile reads the shop again and compares it with every row. It writes nothing into the
// catalogue and ignores want.Choices.
func Reconcile(ctx context.Context, env Env, c connector.Connector, want Selection) (Report, error) {
	w, err := beginReading(ctx, env, c, importer.KindReconcile, want.Asked)
	if err != nil {
		return Report{}, err
	}
	defer w.close(ctx)
	if err := compareShop(ctx, w, want.Reader); err != nil {
		return w.endRun(ctx, err)
	}
	return w.finishRun(ctx)
}

// compareShop reads the shop and compares it with the catalogue.
func compareShop(ctx context.Context, w *work, reader importer.Reader) error {
	previewer, err := w.newPreviewer(reader)
	if err != nil {
		return err
	}
	if err := w.meetShop(ctx, previewer.Stager.Source); err != nil {
		return err
	}
	resources := w.run.Resources
	reconciler := checking.Reconciler{Catalog: w.catalog, Workspace: w.env.State, Report: w.env.Listener, Now: w.now}
	for {
		snapshot, err := previewer.Stager.Read(ctx, &w.run, w.connector, resources)
		if err == nil {
			err = reconciler.Reconcile(ctx, &w.run, w.connector, snapshot)
		}
		if !previewer.Stager.ReadsAgain(err, w.run.ID) {
			return err
		}
	}
}
