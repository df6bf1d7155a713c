package diagnosis

import (
	"github.com/eshopos/eshopctl/connector"
)

// RestoreIt is what to do about a state file whose content is of no use.
func RestoreIt() connector.Next {
	return RestoreCommand("FILE").After("restore a backup; what is there now is kept beside it: ")
}

// NameOther is what to do where another file lies in the place of the state file.
func NameOther() connector.Next {
	return RestoreCommand("FILE").After("name another file with --state FILE, or restore a backup, which keeps what is there now: ")
}

// The commands about the file itself.
var (
	lookAround = connector.Typed("doctor")
	WhoWorks   = connector.Typed("state info")
	BackingUp  = connector.Typed("state backup", "FILE")
)

// RestoreCommand is the command that puts a backup in place.
func RestoreCommand(from string) connector.Command { return connector.Typed("state restore", from) }
