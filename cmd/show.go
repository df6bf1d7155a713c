package cmd

import (
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// view prints for people on standard output.
func (p *program) view() view.View {
	return view.View{Out: p.env.Stdout, Width: p.env.Width, Color: p.env.Width > 0 && !p.config.NoColor, Now: p.env.Now()}
}

// newProgress shows on standard error how a run goes on.
func (p *program) newProgress() *progress.Reporter {
	if p.progress != nil {
		return p.progress
	}
	return progress.NewReporter(p.env.Stderr, p.progressStyle())
}

func (p *program) progressStyle() progress.Style {
	return progress.Style{Terminal: p.env.Interactive, Quiet: p.config.Quiet, Verbose: p.config.Verbose}
}

// showRun shows a run that was just made.
func (p *program) showRun(ctx context.Context, db runDetails, run importer.Run, withChanges bool) error {
	if p.machine() && withChanges {
		return p.runAndChangesJSON(ctx, db, run)
	}
	if p.machine() {
		return p.document(view.ToldRun(run))
	}
	if err := p.summary(ctx, db, run); err != nil || !withChanges {
		return err
	}
	fmt.Fprintln(p.env.Stdout)
	return p.showChanges(ctx, db, run, importer.Tables(), "", view.ChangesShown)
}

// summary shows a run for people; with --quiet the line of it that matters.
func (p *program) summary(ctx context.Context, db job.Kept, run importer.Run) error {
	if p.config.Quiet {
		return p.view().RunLine(run)
	}
	return p.view().Summary(run, db.Remarks(ctx, planOf(run), ""))
}

// stopOfRun is what would stop an import of a preview's plan, as far as that is kept.
func stopOfRun(ctx context.Context, db job.Kept, run importer.Run) *importer.Stop {
	if run.Kind != importer.KindPreview || run.Plan == "" {
		return nil
	}
	plan, err := db.Plan(ctx, run.Plan)
	if err != nil {
		return nil
	}
	return job.StopOf(plan)
}

// runAndChangesJSON prints the run with its changes in it, or as lines: the run,
// then its changes.
func (p *program) runAndChangesJSON(ctx context.Context, db job.Kept, run importer.Run) error {
	listed := changes(ctx, db, planOf(run), importer.Tables(), "")
	if p.config.Output == "jsonl" {
		if err := p.document(view.ToldRun(run)); err != nil {
			return err
		}
		return stream(p, "changes", listed, func(c importer.Change) any { return jsonOf(c) })
	}
	document := struct {
		importer.Run
		Changes []changeJSON `json:"changes"`
	}{view.ToldRun(run), []changeJSON{}}
	for change, err := range listed {
		if err != nil {
			return err
		}
		document.Changes = append(document.Changes, jsonOf(change))
	}
	return plain.JSON(p.env.Stdout, document)
}

// showFailed tells how a run failed. Scripts get the run, which holds the error.
func (p *program) showFailed(run importer.Run, err error) error {
	if !p.machine() || run.Error == nil {
		return err
	}
	_ = p.document(view.ToldRun(run)) // that it could not be written is remembered
	return exit.Told{err}
}

func (p *program) showRuns(runs []importer.Run) error {
	switch p.config.Output {
	case "json":
		all := make([]importer.Run, len(runs))
		for i, run := range runs {
			all[i] = view.ToldRun(run)
		}
		return plain.JSON(p.env.Stdout, map[string]any{"runs": all})
	case "jsonl":
		for _, run := range runs {
			if err := plain.JSONLine(p.env.Stdout, view.ToldRun(run)); err != nil {
				return err
			}
		}
		return nil
	}
	return p.view().Runs(runs)
}

// shownWarnings is how many warnings the document of one run holds.
const shownWarnings = 1000

func (p *program) showStoredRun(ctx context.Context, db job.Kept, run importer.Run) error {
	remarks := db.Remarks(ctx, planOf(run), "")
	run.Stop = stopOfRun(ctx, db, run)
	if !p.machine() {
		if p.config.Quiet {
			return p.view().RunLine(run)
		}
		return p.view().Run(run, remarks)
	}
	warnings := []importer.Remark{}
	for remark, err := range remarks {
		if err != nil {
			return err
		}
		if warnings = append(warnings, view.ToldRemark(remark)); len(warnings) == shownWarnings {
			break
		}
	}
	return p.document(map[string]any{"run": view.ToldRun(run), "warnings": warnings})
}

func (p *program) showWarnings(run importer.Run, remarks iter.Seq2[importer.Remark, error], had int) error {
	if p.machine() {
		return stream(p, "warnings", remarks, func(r importer.Remark) any { return view.ToldRemark(r) })
	}
	return p.view().Warnings(run, remarks, had)
}

func (p *program) showChanges(ctx context.Context, db runDetails, run importer.Run, tables []*importer.Table, action importer.Action, limit int) error {
	listed := changes(ctx, db, planOf(run), tables, action)
	if p.machine() {
		return p.streamChanges(listed)
	}
	return p.listChanges(ctx, db, run, listed, limit)
}

// streamChanges prints changes for programs, and tells people of those that only
// their number is left of.
func (p *program) streamChanges(listed iter.Seq2[importer.Change, error]) error {
	gone := 0
	err := stream(p, "changes", listed, func(c importer.Change) any {
		gone += max(c.Records-1, 0)
		return jsonOf(c)
	})
	if gone > 0 {
		p.note("%s created records are not listed: the snapshot that they came from is not kept any more", plain.Count(gone))
	}
	return err
}

// listChanges prints changes for people.
func (p *program) listChanges(ctx context.Context, db runDetails, run importer.Run, listed iter.Seq2[importer.Change, error], limit int) error {
	return p.view().Changes(run, listed, p.newNaming(ctx, db, run).of, limit)
}

func (p *program) showCatalog(ctx context.Context, db job.Rows, t *importer.Table, filter importer.ListFilter) error {
	filter.EachVariant = true
	columns, rows := importer.ListColumns(t), db.List(ctx, t, filter)
	if p.machine() {
		return stream(p, t.Name, rows, func(r importer.Record) any { return rowJSON{columns, r} })
	}
	if p.config.Output == "csv" {
		return plain.CSV(p.env.Stdout, columns, rows)
	}
	sums, err := catalogSums(ctx, db, t, filter)
	if err != nil {
		return err
	}
	filter.Names = true
	return p.view().Catalog(t, slices.Concat(columns, importer.NameColumns(t)), db.List(ctx, t, filter), sums)
}

func catalogSums(ctx context.Context, db job.Rows, t *importer.Table, filter importer.ListFilter) (view.CatalogSums, error) {
	found, err := db.Sums(ctx, t, filter)
	sums := view.CatalogSums{Matching: found.Rows, All: found.Rows, Missing: found.Missing, Untracked: found.Untracked, Units: found.Units, Unknown: found.Unknown}
	if err == nil && found.Rows == 0 {
		sums.All, err = db.Count(ctx, t, importer.ListFilter{Store: filter.Store})
	}
	return sums, err
}

// each gives the elements of a list as a sequence that cannot fail.
func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, element := range list {
			if !yield(element, nil) {
				return
			}
		}
	}
}
