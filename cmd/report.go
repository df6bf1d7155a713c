package cmd

import (
	"context"
	"errors"
	"io"
	"iter"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/page"
	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/history"
	"github.com/eshopos/eshopctl/importer/job"
)

// reportFlags are the flags of a command that can write a run as an HTML page.
type reportFlags struct{ out string }

// add gives a command the output html and the flag --out.
func (f *reportFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.out, "out", "", "write the report into this `FILE`, with -o html")
	if cmd.Annotations == nil {
		cmd.Annotations = map[string]string{}
	}
	cmd.Annotations[usage.MoreOutputs] += " html"
}

// check refuses a report that could not be written, before anything is done.
func (f *reportFlags) check(p *access.Access) error {
	switch {
	case f.out != "" && p.Face.Settings.Output != "html":
		return usage.Fault(usage.Again("-o", "html"), "--out is for the report: it goes with -o html")
	case p.Face.Settings.Output != "html":
		return nil
	case f.out == "" && p.Face.Env.Width > 0:
		return usage.Fault(usage.Again("-o", "html", "--out", "report.html"), "a page of HTML is not for a terminal")
	case f.out == "":
		return nil
	}
	if err := usage.CheckPath("--out", f.out, usage.Again("-o", "html", "--out", "./report.html")); err != nil {
		return err
	}
	if err := checkSpared(p, f.out, usage.Again("-o", "html", "--out", "./report.html")); err != nil {
		return err
	}
	if err := f.file().Check(); err != nil {
		return usage.Fault(usage.Again("-o", "html", "--out", "./report.html"), "--out: %s", err)
	}
	return nil
}

// file is the output file. Only its owner may read it: it holds what the shop sells.
func (f *reportFlags) file() durable.Output { return durable.Output{Path: f.out, Mode: 0o600} }

// writeReport writes the page of a stored run into the file of --out, else to standard
// output.
func writeReport(ctx context.Context, p *access.Access, db history.Details, run importer.Run, f reportFlags) error {
	stages, err := stagesOf(ctx, db, run)
	if err != nil {
		return err
	}
	page := page.Run{
		Run: run, Remarks: db.Remarks(ctx, run.PlanID(), ""), Explain: help.ExplainCode, Stages: stages, Version: terminal.Version(),
		Changes: func(t *importer.Table) iter.Seq2[importer.Change, error] {
			return history.ShownChanges(ctx, db, run.PlanID(), []*importer.Table{t}, "")
		},
		Name: history.NewNames(ctx, db, run, silentTitle(p, run)).NameOf,
	}
	if f.out == "" {
		return page.Write(p.Face.Env.Stdout, p.Face.Env.Now())
	}
	if err := f.file().Write(func(w io.Writer) error { return page.Write(w, p.Face.Env.Now()) }); err != nil {
		return p.Face.WriteFault("--out "+f.out, err)
	}
	p.Face.Note("the report is in %s", f.out)
	return nil
}

// stagesOf returns how long each stage of a run took, as far as its own plan and snapshot
// are kept.
func stagesOf(ctx context.Context, db job.RunOutput, run importer.Run) ([]page.Stage, error) {
	if run.FinishedAt == nil {
		return nil, nil
	}
	plan, err := db.Plan(ctx, run.PlanID())
	if errors.Is(err, importer.ErrNotKept) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if plan.ID != run.ID {
		return []page.Stage{{Name: "writing", Took: run.FinishedAt.Sub(run.StartedAt)}}, nil
	}
	var stages []page.Stage
	planning := run.StartedAt
	if snapshot, err := db.Snapshot(ctx, plan.Snapshot); err == nil && snapshot.Info().Run == run.ID {
		planning = snapshot.Info().FinishedAt
		stages = append(stages, page.Stage{Name: "reading", Took: planning.Sub(run.StartedAt)})
	}
	stages = append(stages, page.Stage{Name: "planning", Took: plan.MadeAt.Sub(planning)})
	if run.Kind == importer.KindImport {
		stages = append(stages, page.Stage{Name: "writing", Took: run.FinishedAt.Sub(plan.MadeAt)})
	}
	return stages, nil
}
