package job

import (
	"context"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// ImportRequest says what to import, and under which limits.
type ImportRequest struct {
	Selection
	Limits Limits
}

// Import reads, plans and applies in one run. If the operator does not want the plan to be
// applied, the run becomes a preview.
func Import(ctx context.Context, env Env, c connector.Connector, want ImportRequest) (Report, error) {
	w, err := beginReading(ctx, env, c, importer.KindImport, want.Asked)
	if err != nil {
		return Report{}, err
	}
	defer w.close(ctx)
	plan, err := w.makePlan(ctx, want.Selection, "")
	if err == nil {
		err = w.checkLimits(ctx, plan, want.Limits)
	}
	if err != nil {
		return w.endRun(ctx, err)
	}
	if err := w.askToWrite(ctx, plan); err != nil {
		return w.keepAsPreview(ctx, err)
	}
	return w.endRun(ctx, w.writePlan(ctx, plan))
}
