package cmd

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// failFlags are the flags that make an import fail for warnings.
type failFlags struct {
	codes  string
	accept string
}

func (f *failFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.codes, "fail-on", "", "fail, and write nothing, when there is a warning or rejection of these `CODES`: W-...,E-... or any")
	cmd.Flags().StringVar(&f.accept, "accept-warnings-of", "", "with --fail-on: warnings that this `RUN` had too do not count")
}

// parse returns the codes that make the import fail.
func (f *failFlags) parse() ([]string, error) {
	if f.codes == "" {
		if f.accept != "" {
			return nil, usage.Fault(usage.Again("--fail-on", "any"), "--accept-warnings-of says which warnings --fail-on lets pass; without it none fails")
		}
		return nil, nil
	}
	var codes []string
	for _, code := range strings.Split(f.codes, ",") {
		code = strings.TrimSpace(code)
		if code != job.AnyCode && !help.IsRemarkCode(code) {
			return nil, usage.Fault(connector.Typed("help warnings").Next(), "--fail-on: there is no warning or rejection %q", code)
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// accepting adds the warnings of the named run as accepted ones; "" names none.
func accepting(ctx context.Context, j *access.Jobs, on job.FailOn, named string) (job.FailOn, error) {
	if named == "" {
		return on, nil
	}
	run, err := j.Access.ChosenStore().BaselineRun(ctx, j.State, named)
	if err != nil {
		return on, err
	}
	on.Baseline = run.ID
	if on.Accepted, err = importer.NewBaseline(run, j.State.Remarks(ctx, run.PlanID(), "")); err != nil {
		return on, err
	}
	if on.Accepted.RemarksLost() {
		return on, usage.Fault(connector.Typed("runs list").For(run.Store).Next(), "the warnings of run %s are not kept any more; accept those of a newer one", run.ID)
	}
	return on, nil
}
