package cmd

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer/job"
)

func stateCommand(p *access.Access) *cobra.Command {
	return usage.GroupCommand("state", "look", "Look at the state file, back it up and restore it", stateInfoCommand(p),
		stateBackupCommand(p), stateRestoreCommand(p))
}

func stateInfoCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use:   "info",
		Short: "Show where the state file is and what it holds",
		Long: `Show the path of the state file, its schema, its size, how many rows and snapshots
it holds of each store, and which process holds a lock now.

Exit statuses: 0 done, 1 the file cannot be used, 4 nothing connected yet.`,
		Example: "  eshopctl state info\n  eshopctl state info --state ./state.db -o json",
		Args:    usage.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			db, err := p.OpenToLook(cmd.Context())
			if err != nil {
				return err
			}
			info, err := db.Info(cmd.Context())
			if err != nil {
				return err
			}
			return showStateInfo(p, info)
		},
	}
}

func showStateInfo(p *access.Access, info job.Info) error {
	shown := view.StateInfo{
		Path: info.Path, Schema: info.Schema, Known: info.Known, SQLite: info.SQLite,
		Bytes: info.Bytes, LogBytes: info.LogBytes, FreeBytes: info.FreeBytes, Key: keyPlace(p),
		Stores: []view.StoreInfo{}, Locks: []view.HeldLock{},
	}
	for _, s := range info.Stores {
		store := view.StoreInfo{Store: s.Store, Rows: s.Rows, Runs: s.Runs, Snapshots: []view.KeptSnapshot{}}
		for _, kept := range s.Snapshots {
			store.Snapshots = append(store.Snapshots, view.KeptSnapshot{Run: kept.Run, ReadAt: kept.ReadAt.UTC()})
		}
		shown.Stores = append(shown.Stores, store)
	}
	for _, l := range info.Locks {
		shown.Locks = append(shown.Locks, view.HeldLock{Lock: l.Name, PID: l.PID, Host: l.Host, What: l.What, Since: view.Moment(l.Since)})
	}
	return p.Face.ShowReport(shown)
}

// keyPlace says where the key lies.
func keyPlace(p *access.Access) string {
	if !p.Face.Settings.Key.IsZero() {
		return "in ESHOPCTL_KEY"
	}
	if _, err := os.Stat(p.Face.Settings.KeyFile); err != nil {
		return p.Face.Settings.KeyFile + " (not there)"
	}
	return p.Face.Settings.KeyFile
}

func stateBackupCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Copy the state file, also while runs are at work",
		Long: `Write a copy of the state file into FILE, which must not exist. The copy is whole
whatever is at work meanwhile, and is checked before it gets its name. Nobody but
you may read it. Tokens and client secrets stay sealed in it: the key is not part
of the state file, keep a copy of it in another place.

"eshopctl state restore FILE" puts a backup in the state file's place. Copied there by
hand it may be spoilt by the log of the file that was there before.

Exit statuses: 0 done, 1 no backup was kept, 4 nothing connected yet, 64 FILE exists.`,
		Example: "  eshopctl state backup /backup/eshopctl-$(date +%F).db\n  eshopctl state backup ./copy.db -o json",
		Args:    usage.OneArg("FILE"),
		RunE:    func(cmd *cobra.Command, args []string) error { return backUpState(cmd.Context(), p, args[0]) },
	}
}

func backUpState(ctx context.Context, p *access.Access, path string) error {
	if err := usage.CheckPath("FILE", path, connector.Typed("state backup", "./copy.db").Next()); err != nil {
		return err
	}
	db, err := p.OpenToLook(ctx)
	if err != nil {
		return err
	}
	bytes, err := db.Backup(ctx, path)
	if err != nil {
		return err
	}
	p.Face.NoteDeed(connector.Typed("state info"), "the backup is in %s", path)
	made := view.Backup{Path: path, Bytes: bytes, Checked: true, Key: keyPlace(p)}
	return p.Face.ShowReport(made)
}
