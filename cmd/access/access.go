package access

import (
	"cmp"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/face"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
)

// Access is one run of eshopctl.
type Access struct {
	Face      *face.Face
	Platforms Platforms           // that stores may be connected to
	patience  *connector.Patience // nil before the flags were read
	State     openState           // of this command
}

// openState is the state file as a command has it open. It is opened once, for what
// comes first, and closed when the command has ended.
type openState struct {
	DB     StateFile // nil while it is not open
	Writes bool
}

// ReadSettings reads what counts for a command.
func (p *Access) ReadSettings(cmd *cobra.Command, args []string) error {
	return p.TakeSettings(p.Face.Source.Read(cmd, args))
}

// TakeSettings takes what was read, which is only a part where something is wrong with it:
// that is told in the form that was asked for.
func (p *Access) TakeSettings(read settings.Settings, err error) error {
	read.Output = cmp.Or(read.Output, p.Face.Settings.Output)
	read.Store = cmp.Or(read.Store, p.Face.Settings.Store)
	p.Face.Settings = read
	if err == nil {
		p.patience = connector.NewPatience(p.Face.Settings.Patience, p.Face.TellWait)
	}
	return err
}
