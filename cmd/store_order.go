package cmd

import (
	"cmp"
	"context"
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/cmd/view/progress"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
)

// order is a job in one store of several, with the settings of that store.
type order struct {
	program *access.Access
	job     storeJob
	wrong   error // why the job cannot begin: its settings or flags are wrong
}

// orderFor makes the order for one store: flags that were typed count for every store, and
// from the configuration the settings of this one.
func orderFor(p *access.Access, cmd *cobra.Command, store string, asked storeJob) order {
	one, itsFace := *p, *p.Face
	one.Face = &itsFace
	one.Face.Settings.Store, one.Face.Source = store, p.Face.Source.ForStore(store)
	one.Face.Env.Interactive = false // no questions with --all-stores
	own := &cobra.Command{Annotations: map[string]string{cobra.CommandDisplayNameAnnotation: cmd.CommandPath()}}
	own.SetContext(cmd.Context())
	settings.AddFlags(own)
	own.Flags().AddFlagSet(own.PersistentFlags())
	asked.add(own)
	err := typeAgain(p, cmd, own, store)
	if err == nil {
		err = one.TakeSettings(one.Face.Source.Again(own, one.Face.Settings))
	}
	if err == nil {
		err = asked.ready(&one)
	}
	return order{&one, asked, err}
}

// typeAgain sets the flags that were typed on a command of its own for one store.
func typeAgain(p *access.Access, typed, own *cobra.Command, store string) error {
	var failed error
	set := func(name, value string) { failed = cmp.Or(failed, own.Flags().Set(name, value)) }
	typed.Flags().VisitAll(func(flag *pflag.Flag) {
		if p.Face.Source.IsTyped(flag.Name) && own.Flags().Lookup(flag.Name) != nil {
			set(flag.Name, flag.Value.String())
		}
	})
	set("store", store)
	set("output", "json") // the results of all stores are shown together at the end
	return failed
}

// done does the job.
func (o *order) done(ctx context.Context, progress *progress.Reporter) (report job.Report, err error) {
	defer o.program.CloseState()
	if o.wrong != nil {
		return report, o.wrong
	}
	o.program.Face.InFleet, o.program.Face.Drawn = progress, progress
	err = access.WithJobs(ctx, o.program, func(j *access.Jobs) error {
		report, err = o.job.do(ctx, j)
		return err
	})
	return report, err
}

// outcome is the row of this store in the result of all.
func (o *order) outcome(became job.Outcome) view.StoreOutcome {
	p, run := o.program, became.Report.Run
	made := view.StoreOutcome{Store: p.Face.Settings.Store}
	if !became.Begun {
		made.Exit, made.Error = exit.Interrupted, &importer.RunError{Code: connector.Interrupted, Message: "interrupted before it began",
			Next: p.Face.TypedLine().Again().Next()}
		return made
	}
	if run.ID != "" && (became.Err == nil || run.Error != nil) {
		made.Run = &run
	}
	err := became.Err
	if err == nil {
		err = o.job.exit(became.Report)
	}
	var said exit.Status
	switch {
	case errors.As(err, &said):
		made.Exit = int(said)
	case err != nil:
		fault := p.Face.Fault(err)
		made.Exit, made.Error = exit.StatusOf(fault), &importer.RunError{Code: fault.Code, Message: fault.Message, Next: fault.Next}
	}
	return made
}
