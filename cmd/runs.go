package cmd

import (
	"cmp"
	"context"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/history"
	"github.com/eshopos/eshopctl/importer/job"
)

func runsCommand(p *access.Access) *cobra.Command {
	return usage.GroupCommand("runs", "look", "Look at earlier runs", runsListCommand(p), runsShowCommand(p), runsWarningsCommand(p),
		runsChangesCommand(p),
		runsCompareCommand(p), runsPruneCommand(p))
}

// The values of flags that choose runs and changes.
var (
	runKinds      = []string{"preview", "import", "reconcile", "undo"}
	runStatuses   = []string{"running", "succeeded", "partial", "failed", "interrupted"}
	changeActions = []string{"create", "update", "remove", "missing", "archive", "skip", "reject", "zero"}
)

func runsListCommand(p *access.Access) *cobra.Command {
	var filter importer.RunFilter
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the runs, the newest first",
		Long:  "List the runs of one store, or of all, the newest first.\n\nExit statuses: 0 done, 64 unknown kind or status.",
		Example: `  eshopctl runs list --store main
  eshopctl runs list --kind import --status failed
  eshopctl runs list --limit 1 -o json`,
		Args: usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			filter.Store = p.Face.Settings.Store
			return listRuns(cmd.Context(), p, filter)
		},
	}
	cmd.Flags().IntVar(&filter.Limit, "limit", 20, "`N` at most, 0 for all")
	cmd.Flags().StringVar(&filter.Kind, "kind", "", "only runs of this `KIND`: preview, import or reconcile")
	cmd.Flags().StringVar(&filter.Status, "status", "", "only runs with this `STATUS`: running, succeeded, partial, failed or interrupted")
	return cmd
}

func listRuns(ctx context.Context, p *access.Access, filter importer.RunFilter) error {
	if filter.Kind != "" && !slices.Contains(runKinds, filter.Kind) {
		return usage.Fault(usage.Again("--kind", cmp.Or(spelling.Nearest(filter.Kind, runKinds), "import")),
			"there is no kind of run %q", filter.Kind)
	}
	if filter.Status != "" && !slices.Contains(runStatuses, filter.Status) {
		return usage.Fault(usage.Again("--status", cmp.Or(spelling.Nearest(filter.Status, runStatuses), "failed")),
			"there is no status %q", filter.Status)
	}
	db, err := p.OpenToLook(ctx)
	if err != nil {
		return err
	}
	if err := p.ChosenStore().CheckStore(ctx, db); err != nil {
		return err
	}
	runs, err := db.Runs(ctx, filter)
	if err != nil {
		return err
	}
	return p.Face.ShowReport(view.Runs(runs))
}

func runsShowCommand(p *access.Access) *cobra.Command {
	var f reportFlags
	cmd := &cobra.Command{
		Use:   "show RUN",
		Short: "Show one run: counts, warnings, next steps",
		Long: `Show one run: counts by resource, warnings grouped by code, and what to do next.
RUN is an id, an unambiguous beginning of one, or "latest".

-o html makes a report to attach to a ticket: one file with counts as a chart,
warnings with samples, changes, timings and what to do next. It loads nothing and
runs nothing, and holds no secret.

Exit statuses: 0 done, 64 unknown run, or a file that cannot be written.`,
		Example: `  eshopctl runs show latest --store main
  eshopctl runs show 20261123-0944 -o json
  eshopctl runs show latest -o html --out report.html`,
		Args: usage.OneArg("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := f.check(p); err != nil {
				return err
			}
			return withRun(cmd.Context(), p, args[0], func(db history.Details, run importer.Run) error {
				if p.Face.Settings.Output == "html" {
					return writeReport(cmd.Context(), p, db, run, f)
				}
				return showStoredRun(cmd.Context(), p, db, run)
			})
		},
	}
	f.add(cmd)
	return cmd
}

// withRun opens the state file read-only, finds the run and calls do with it.
func withRun(ctx context.Context, p *access.Access, id string, show func(history.Details, importer.Run) error) error {
	db, err := p.OpenToLook(ctx)
	if err != nil {
		return err
	}
	run, err := p.ChosenStore().FindRun(ctx, db, id)
	if err != nil {
		return err
	}
	return show(db, run)
}

func runsWarningsCommand(p *access.Access) *cobra.Command {
	var code string
	cmd := &cobra.Command{
		Use:   "warnings RUN",
		Short: "List the warnings and rejections of a run",
		Long:  "List every stored warning and rejection of a run: at most 10,000 of each code.\n\nExit statuses: 0 done, 64 unknown run.",
		Example: `  eshopctl runs warnings latest --store main
  eshopctl runs warnings latest --code W-SKU-DUPLICATE
  eshopctl runs warnings latest -o jsonl`,
		Args: usage.OneArg("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return withRun(cmd.Context(), p, args[0], func(db history.Details, run importer.Run) error {
				return listWarnings(cmd.Context(), p, db, run, code)
			})
		},
	}
	cmd.Flags().StringVar(&code, "code", "", "only those of this `CODE`")
	return cmd
}

func listWarnings(ctx context.Context, p *access.Access, db job.RunOutput, run importer.Run, code string) error {
	if code != "" && !help.IsRemarkCode(code) {
		return usage.Fault(connector.Typed("help warnings").Next(), "there is no warning or rejection %q", code)
	}
	known, err := importer.NewBaseline(run, db.Remarks(ctx, run.PlanID(), ""))
	if err != nil {
		return err
	}
	if known.RemarksLost() {
		return usage.Fault(connector.Typed("runs show", run.ID).Next(), "the warnings of run %s are not kept any more, only their numbers", run.ID)
	}
	return p.Face.ShowReport(view.Warnings{Run: run, List: db.Remarks(ctx, run.PlanID(), code), Had: run.RemarkCount(code)})
}

func runsChangesCommand(p *access.Access) *cobra.Command {
	var resource, action string
	var limit int
	cmd := &cobra.Command{
		Use:   "changes RUN",
		Short: "List the changes of a run by record and field",
		Long: `List what a run changed, or what a preview would change, by record and field,
old -> new: grouped by resource and action, of each the first 20. --limit 0 lists
all, for a pager; -o jsonl is one line for each change, for scripts.

Exit statuses: 0 done, 64 unknown run, resource or action, or the changes are not
kept any more.`,
		Example: `  eshopctl runs changes latest --store main
  eshopctl runs changes latest --resource stock --action update
  eshopctl runs changes latest --action zero
  eshopctl runs changes latest --limit 0 | less
  eshopctl runs changes latest -o jsonl`,
		Args: usage.OneArg("RUN"),
		RunE: func(cmd *cobra.Command, args []string) error {
			return runChanges(cmd.Context(), p, args[0], resource, action, limit)
		},
	}
	cmd.Flags().StringVar(&resource, "resource", "", "only this `RESOURCE`: products, variants, media, categories, memberships, warehouses or stock")
	cmd.Flags().StringVar(&action, "action", "", "only this `ACTION`: create, update, remove, missing, archive, skip or reject; zero: stock that goes from above zero to zero or away")
	cmd.Flags().IntVar(&limit, "limit", view.ChangesShown, "`N` of each resource and action at most, 0 for all; -o json and jsonl always have all")
	return cmd
}

func runChanges(ctx context.Context, p *access.Access, id, resource, action string, limit int) error {
	if limit < 0 {
		return usage.Fault(usage.Again("--limit", "0"), "--limit %d: fewer than none cannot be listed", limit)
	}
	tables := importer.Tables()
	if resource != "" {
		table := importer.TableNamed(resource)
		if table == nil {
			return usage.Fault(usage.Again("--resource", cmp.Or(spelling.Nearest(resource, importer.TableNames()), "stock")),
				"there is no resource %q", resource)
		}
		tables = []*importer.Table{table}
	}
	if action != "" && !slices.Contains(changeActions, action) {
		return usage.Fault(usage.Again("--action", cmp.Or(spelling.Nearest(action, changeActions), "update")),
			"there is no action %q", action)
	}
	return withRun(ctx, p, id, func(db history.Details, run importer.Run) error {
		if _, err := db.Plan(ctx, run.PlanID()); err != nil {
			return usage.Fault(connector.Typed("runs list").Next(), "the changes of run %s are not kept", run.ID)
		}
		return showChanges(ctx, p, db, run, tables, importer.Action(action), limit)
	})
}
