package cmd

import (
	"context"
	"iter"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/history"
	"github.com/eshopos/eshopctl/importer/job"
)

// showRun shows a run that has just ended.
func showRun(ctx context.Context, p *access.Access, db history.Details, run importer.Run, withChanges bool) error {
	summary := view.Summary{Run: run, Remarks: db.Remarks(ctx, run.PlanID(), "")}
	if withChanges {
		listed := changesOfRun(ctx, p, db, run, history.ShownChanges(ctx, db, run.PlanID(), importer.Tables(), ""))
		summary.Changes = &listed
	}
	return p.Face.ShowReport(summary)
}

// stopOfRun is the guard that would stop an import of a preview's plan, while the plan is
// kept.
func stopOfRun(ctx context.Context, db job.RunOutput, run importer.Run) *importer.Stop {
	if run.Kind != importer.KindPreview || run.Plan == "" {
		return nil
	}
	plan, err := db.Plan(ctx, run.Plan)
	if err != nil {
		return nil
	}
	return job.StopOf(plan)
}

func showStoredRun(ctx context.Context, p *access.Access, db job.RunOutput, run importer.Run) error {
	run.Stop = stopOfRun(ctx, db, run)
	return p.Face.ShowReport(view.Run{Run: run, Remarks: db.Remarks(ctx, run.PlanID(), "")})
}

// showChanges shows changes. Where only the number of some is kept, people get it on
// standard error when programs read the output.
func showChanges(ctx context.Context, p *access.Access, db history.Details, run importer.Run, tables []*importer.Table,
	action importer.Action, limit int) error {
	gone := 0
	listed := changesOfRun(ctx, p, db, run, only(history.ShownChanges(ctx, db, run.PlanID(), tables, action), func(c importer.Change) bool {
		gone += max(c.Records-1, 0)
		return true
	}))
	listed.Limit = limit
	err := p.Face.ShowReport(listed)
	if gone > 0 && p.Face.Settings.IsForPrograms() {
		p.Face.Note("%s created records are not listed: the snapshot that they came from is not kept any more", plain.Count(gone))
	}
	return err
}

// changesOfRun are changes with the names of their records, for the view.
func changesOfRun(ctx context.Context, p *access.Access, db history.Details, run importer.Run,
	listed iter.Seq2[importer.Change, error]) view.Changes {
	return view.Changes{Run: run, List: listed, Name: history.NewNames(ctx, db, run, silentTitle(p, run)).NameOf, Limit: view.ChangesShown}
}

// silentTitle is the title that the provider gives records without one, which is not worth
// showing.
func silentTitle(p *access.Access, run importer.Run) string {
	return p.Platforms.Descriptions().Named(run.Provider).SilentTitle
}

func showCatalog(ctx context.Context, p *access.Access, db job.Rows, t *importer.Table, filter importer.ListFilter) error {
	filter.EachVariant = true
	named := filter
	named.Names = true
	return p.Face.ShowReport(view.Catalog{
		Table: t, Columns: importer.ListColumns(t), Rows: db.ListRows(ctx, t, filter), Named: db.ListRows(ctx, t, named),
		Sums: func() (view.CatalogSums, error) { return catalogSums(ctx, db, t, filter) },
	})
}

func catalogSums(ctx context.Context, db job.Rows, t *importer.Table, filter importer.ListFilter) (view.CatalogSums, error) {
	found, err := db.SumRows(ctx, t, filter)
	sums := view.CatalogSums{Matching: found.Rows, All: found.Rows, Missing: found.Missing, Untracked: found.Untracked,
		Units: found.Units, Unknown: found.Unknown}
	if err == nil && found.Rows == 0 {
		sums.All, err = db.CountRows(ctx, t, importer.ListFilter{Store: filter.Store})
	}
	return sums, err
}

// only yields the elements for which wanted is true.
func only[T any](elements iter.Seq2[T, error], wanted func(T) bool) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for element, err := range elements {
			if (err != nil || wanted(element)) && !yield(element, err) {
				return
			}
		}
	}
}
