package access

import (
	"context"

	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector/given"
)

// New begins the run of one command line. known are the providers that stores may be
// connected to.
func New(env terminal.Env, known Platforms) *Access {
	p := &Access{Platforms: known, Face: &face.Face{Env: env}}
	p.Face.Source = &settings.Source{Env: env, Files: &given.Files{}, Platforms: known.Descriptions(), Implied: p.impliedStore}
	return p
}

// impliedStore is the store of a command that names none: the only store there is, or the
// store of the run that is its argument; "" when neither is known.
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
