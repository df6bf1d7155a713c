package cmd

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state"
)

// failFlags make warnings fail.
type failFlags struct {
	codes  string
	accept string
}

func (f *failFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.codes, "fail-on", "", "fail, and write nothing, when there is a warning or rejection of these `CODES`: W-...,E-... or any")
	cmd.Flags().StringVar(&f.accept, "accept-warnings-of", "", "with --fail-on: warnings that this `RUN` had too do not count")
}

// failOn is which remarks fail a run or preview. Without codes none does.
type failOn struct {
	codes    []string
	baseline importer.Run // the zero Run when none was given
	accepted importer.Baseline
}

const anyCode = "any"

func (p *program) failOn(ctx context.Context, f failFlags) (failOn, error) {
	var on failOn
	if f.codes == "" {
		if f.accept != "" {
			return on, usage("--fail-on any", "--accept-warnings-of says which warnings --fail-on lets pass; without it none fails")
		}
		return on, nil
	}
	for _, code := range strings.Split(f.codes, ",") {
		code = strings.TrimSpace(code)
		if code != anyCode && !isRemarkCode(code) {
			return on, usage("eshopctl help warnings", "--fail-on: there is no warning or rejection %q", code)
		}
		on.codes = append(on.codes, code)
	}
	if f.accept == "" {
		return on, nil
	}
	return on, p.readBaseline(ctx, f.accept, &on)
}

func isRemarkCode(code string) bool {
	return slices.ContainsFunc(remarkHelps, func(h remarkHelp) bool { return h.code == code })
}

func (p *program) readBaseline(ctx context.Context, id string, on *failOn) error {
	db, err := p.openToLook(ctx)
	if err != nil {
		return err
	}
	defer db.Close()
	if on.baseline, err = p.baselineNamed(ctx, db, id); err != nil {
		return err
	}
	remarks := db.Remarks(ctx, planOf(on.baseline), "")
	if on.accepted, err = importer.NewBaseline(on.baseline, remarks); err != nil {
		return err
	}
	if on.accepted.Lost() {
		return usage("eshopctl runs list --store "+on.baseline.Store, "the warnings of run %s are not kept any more; accept those of a newer one", on.baseline.ID)
	}
	return nil
}

// baselineNamed finds the run whose warnings are accepted. The latest is the last
// that ended well: one that was stopped for its warnings must not be what lets
// them pass when the job is tried again.
func (p *program) baselineNamed(ctx context.Context, db *state.DB, id string) (importer.Run, error) {
	if id != "latest" {
		return p.runNamed(ctx, db, id)
	}
	if err := p.storeIsKnown(ctx, db); err != nil {
		return importer.Run{}, err
	}
	runs, err := db.Runs(ctx, state.RunFilter{Store: p.config.Store})
	if err != nil {
		return importer.Run{}, err
	}
	for _, run := range runs {
		if run.Kind != importer.KindReconcile && (run.Status == importer.Succeeded || run.Status == importer.Partial) {
			return run, nil
		}
	}
	return importer.Run{}, usage("look at the first ones yourself: eshopctl import preview --store STORE", "there is no run yet whose warnings could be accepted")
}

// check fails when the plan has remarks that are named and not accepted.
func (f *failOn) check(remarks iter.Seq2[importer.Remark, error], plan importer.Plan) error {
	if len(f.codes) == 0 {
		return nil
	}
	fresh, err := f.accepted.New(remarks, plan.WarningsBy, plan.RejectedBy)
	if err != nil {
		return err
	}
	maps.DeleteFunc(fresh, func(code string, _ importer.Fresh) bool {
		return !slices.Contains(f.codes, code) && !slices.Contains(f.codes, anyCode)
	})
	if len(fresh) == 0 {
		return nil
	}
	var found []string
	for _, code := range slices.Sorted(maps.Keys(fresh)) {
		found = append(found, fmt.Sprintf("%s %d%s", code, fresh[code].Count, suchAs(fresh[code].Samples)))
	}
	which := "--fail-on"
	if f.baseline.ID != "" {
		which += ", new since run " + f.baseline.ID
	}
	return &connector.Fault{
		Code:    connector.GuardTripped,
		Message: fmt.Sprintf("stopped, nothing was written: there are warnings (%s): %s", which, strings.Join(found, "; ")),
		Hint:    fmt.Sprintf("look at eshopctl runs warnings %s; if they are right, add --accept-warnings-of %s", plan.ID, plan.ID),
	}
}

func suchAs(samples []importer.Remark) string {
	if len(samples) == 0 {
		return ""
	}
	return ", such as: " + samples[0].Message
}
