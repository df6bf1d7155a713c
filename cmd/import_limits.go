package cmd

import (
	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/planning"
)

// guardFlags are the flags that limit what a run may do.
type guardFlags struct {
	maxCreate  string
	maxUpdate  string
	maxZeroed  string
	maxMissing string
}

func (f *guardFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.maxCreate, "max-create", "", "stop when more would be created than this `LIMIT`: N, or P% of what is there, per resource")
	cmd.Flags().StringVar(&f.maxUpdate, "max-update", "", "stop when more than this `LIMIT` would be updated")
	cmd.Flags().StringVar(&f.maxZeroed, "max-zeroed", "", "stop when more stock levels than this `LIMIT` would go from above zero to zero, or vanish")
	cmd.Flags().StringVar(&f.maxMissing, "max-missing", "", "stop when more than this `LIMIT` would be marked missing; off for none (default "+job.UsualLimits().Guards.Missing.String()+")")
}

// limits are the limits of the flags, with the default where a flag was not given.
func (f *guardFlags) limits() (job.Limits, error) {
	limits := job.UsualLimits()
	limits.AnyMissing = f.maxMissing == ""
	for _, limit := range []struct {
		flag, text string
		into       *planning.Limit
	}{
		{"--max-create", f.maxCreate, &limits.Guards.Create}, {"--max-update", f.maxUpdate, &limits.Guards.Update},
		{"--max-zeroed", f.maxZeroed, &limits.Guards.Zeroed}, {"--max-missing", f.maxMissing, &limits.Guards.Missing},
	} {
		if limit.text == "" {
			continue
		}
		parsed, err := planning.ParseLimit(limit.text)
		if err != nil {
			return limits, usage.Fault(connector.Typed("import run", "--help").Next(), "%s: %s", limit.flag, err)
		}
		*limit.into = parsed
	}
	return limits, nil
}
