package cmd

import (
	"fmt"

	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// beginPatience takes how long the command waits while nothing goes on.
func (p *program) beginPatience(flags *pflag.FlagSet) error {
	limit, err := usage.ParsePeriod(flags.Lookup("patience").Value.String())
	if err != nil {
		return err
	}
	if limit <= 0 {
		return usage.Fault(usage.Again("--patience", "10m"), "--patience must be longer than nothing")
	}
	p.patience = connector.NewPatience(limit, p.tellWait)
	return nil
}

// tellWait says what is waited for, and until when at the latest.
func (p *program) tellWait(w connector.Wait) {
	p.note("%s", plain.Line(fmt.Sprintf("waiting for %s; until %s at the latest", w.For, w.Until.UTC().Format("15:04:05 UTC"))))
}
