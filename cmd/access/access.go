package access

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
)

// Access is one run of eshopctl: what it was asked, and the way to the state file and the
// shops.
type Access struct {
	Face      *face.Face
	Platforms Platforms           // that stores may be connected to
	patience  *connector.Patience // nil before the flags were read
	State     openState           // of this command
}

// openState is the state file of a command: opened once, by whatever needs it first, and
// closed when the command ends.
type openState struct {
	DB     StateFile // nil while it is not open
	Writes bool
}

// ReadSettings reads flags, environment and configuration file for a command.
func (p *Access) ReadSettings(cmd *cobra.Command, args []string) error {
	return p.TakeSettings(p.Face.Source.Read(cmd, args))
}

// TakeSettings takes the settings that were read. With an error they are incomplete; the
// output form is taken all the same, because the error is shown in it.
func (p *Access) TakeSettings(read settings.Settings, err error) error {
	read.Output = cmp.Or(read.Output, p.Face.Settings.Output)
	read.Store = cmp.Or(read.Store, p.Face.Settings.Store)
	p.Face.Settings = read
	if err == nil {
		p.patience = connector.NewPatience(p.Face.Settings.Patience, p.Face.TellWait)
	}
	return err
}
