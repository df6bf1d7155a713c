package access

import (
	"cmp"
	"context"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// Access is one run of eshopctl.
type Access struct {
	Face      *face.Face
	Platforms Platforms           // that stores may be connected to
	patience  *connector.Patience // nil before the flags were read
	State     openState           // of this command
}

// New is the run of one command line, with the providers that stores may be connected to.
func New(env terminal.Env, known Platforms) *Access {
	p := &Access{Platforms: known, Face: &face.Face{Env: env}}
	p.Face.Source = &settings.Source{Env: env, Files: &given.Files{}, Platforms: known.Described(), Implied: p.impliedStore}
	return p
}

// Configure reads what counts for a command.
func (p *Access) Configure(cmd *cobra.Command, args []string) error {
	return p.Configured(p.Face.Source.Read(cmd, args))
}

// Configured takes what was read, which is only a part where something is wrong with it:
// that is told in the form that was asked for.
func (p *Access) Configured(read settings.Settings, err error) error {
	read.Output = cmp.Or(read.Output, p.Face.Settings.Output)
	read.Store = cmp.Or(read.Store, p.Face.Settings.Store)
	p.Face.Settings = read
	if err == nil {
		p.patience = connector.NewPatience(p.Face.Settings.Patience, p.Face.TellWait)
	}
	return err
}

// impliedStore is the store of a command that names none: the only one that there
// is, or that of the run which is its argument; "" when it is not known yet.
func (p *Access) impliedStore(ctx context.Context, path string, args []string) string {
	db, err := p.lookInto(ctx, path)
	if err != nil {
		return "" // the command itself will say so
	}
	defer db.Close()
	if all, err := db.Connectors(ctx); err == nil && len(all) == 1 {
		return all[0].Store
	}
	if len(args) == 1 {
		if run, err := db.Run(ctx, "", args[0]); err == nil {
			return run.Store
		}
	}
	return ""
}
