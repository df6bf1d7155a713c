package cmd

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

func stateRestoreCommand(p *access.Access) *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the state file",
		Long: `Put a backup in the place of the state file. It is copied and checked first, and
brought to the schema of this eshopctl; what both hold is shown before the question.
What is there now is kept beside it, under a name that is told, also where it is
damaged or no state file at all. While anything is at work nothing is restored.

FILE may be the state file itself: it is then used as it is, and a log of another file
that lies beside it is put aside. FILE is never changed.

Tokens that were renewed after the backup was made may have ended: "status --probe"
tells, and connect gives new ones. Somebody at a terminal says yes, or --yes on the
command line does; a variable or the configuration cannot.

Exit statuses: 0 restored, 1 FILE cannot be used, there is no room, or the answer was
not yes, 11 something is at work, 64 there is no FILE, or nobody answered the question.`,
		Example: "  eshopctl state restore /backup/eshopctl-2026-11-23.db\n  eshopctl state restore ./copy.db --yes -o json",
		Args:    usage.OneArg("FILE"),
		RunE:    func(cmd *cobra.Command, args []string) error { return restoreState(cmd.Context(), p, args[0], yes) },
	}
	settings.AddTypedYes(cmd, &yes)
	return cmd
}

func restoreState(ctx context.Context, p *access.Access, from string, yes bool) error {
	if err := usage.CheckPath("FILE", from, connector.Typed("state restore", "./copy.db").Next()); err != nil {
		return err
	}
	backups, err := p.Backups()
	if err != nil {
		return err
	}
	done, err := job.RestoreBackup(ctx, restorer{p, yes}, backups, from)
	if err != nil {
		return err
	}
	p.Face.NoteDeed(connector.Typed("state info"), "%s is in the place of the state file", from)
	return showRestored(p, done)
}

// restorer asks before a backup replaces the state file, which is not open meanwhile.
type restorer struct {
	*access.Access
	yes bool
}

// Confirm shows what would come and what would go, and asks.
func (r restorer) Confirm(ctx context.Context, question job.Question) error {
	place, ok := question.(job.RestoreQuestion)
	if !ok {
		return access.UnknownQuestion(question)
	}
	out := r.Face.View()
	out.Out = r.Face.Env.Stderr // the answer to the command comes on standard output
	if err := out.Tell(restorationOf(place.Restoration)); err != nil {
		return err
	}
	return r.Face.ConfirmChange(ctx, fmt.Sprintf("Put %s in the place of %s?", place.Restoration.From, place.Restoration.Path), r.yes)
}

func restorationOf(r job.Restoration) view.Restoration {
	shown := view.Restoration{From: r.From, Path: r.Path, Bytes: r.Bytes, LogLeftOut: r.LogLeftOut, Holds: heldStores(r.Holds)}
	if r.Holds.Key != nil {
		shown.Key = r.Holds.Key.Error()
	}
	if r.Replaces != nil {
		shown.Replaces = heldStores(*r.Replaces)
	}
	if r.Unusable != nil {
		shown.Unusable = exit.FaultOf(r.Unusable).Message
	}
	return shown
}

func heldStores(c job.Contents) []view.HeldStore {
	held := []view.HeldStore{}
	for _, s := range c.Stores {
		held = append(held, view.HeldStore{Store: s.Store, Domain: s.Domain, Products: s.Products, LastRun: view.Moment(s.LastRun)})
	}
	return held
}

func showRestored(p *access.Access, r job.RestoreResult) error {
	made := view.RestoreReport{Path: r.Path, From: r.From, Bytes: r.Bytes, Stores: heldStores(r.Holds), KeyFits: r.Holds.Key == nil}
	if r.Kept != "" {
		made.Kept = &r.Kept
	}
	return p.Face.ShowReport(made)
}
