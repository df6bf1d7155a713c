package usage

import (
	"cmp"
	"slices"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/connector/spelling"
)

// GroupCommand makes a command that only groups others, as import and runs do.
func GroupCommand(use, id, short string, commands ...*cobra.Command) *cobra.Command {
	parent := &cobra.Command{
		Use: use, GroupID: id, Short: short, Args: cobra.ArbitraryArgs, RunE: NeedsCommand,
	}
	parent.AddCommand(commands...)
	return parent
}

// NeedsCommand refuses a group that was typed without one of its commands.
func NeedsCommand(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return UnknownCommand(cmd, args[0])
	}
	return Fault(SeeHelp(cmd), "%s needs one of its commands", cmd.CommandPath())
}

// UnknownCommand is the fault of an unknown command below cmd, which suggests the nearest
// name.
func UnknownCommand(cmd *cobra.Command, name string) error {
	near := cmp.Or(spelling.Nearest(name, CommandsBelow(cmd)), "--help")
	return Fault(Instead(cmd, near), "there is no command %q below %s", name, cmd.CommandPath())
}

// CommandsBelow are the names of the commands below one, without hidden ones.
func CommandsBelow(cmd *cobra.Command) []string {
	var names []string
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() {
			names = append(names, below.Name())
		}
	}
	return names
}

// NoArgs refuses any argument. Like AtMostOneArg and OneArg it is cobra's check of that
// name with a fault that says what to type instead.
func NoArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return Fault(SeeHelp(cmd), "%s takes no argument, not %q", cmd.CommandPath(), args[0])
	}
	return nil
}

// AtMostOneArg refuses more than one argument; what names the argument in the fault.
func AtMostOneArg(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return Fault(SeeHelp(cmd), "%s takes one %s, not %d", cmd.CommandPath(), what, len(args))
		}
		return nil
	}
}

// OneArg refuses anything but one argument, which must be among allowed if any are given;
// what names it in the fault.
func OneArg(what string, allowed ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != 1 {
			return Fault(SeeHelp(cmd), "%s needs one %s", cmd.CommandPath(), what)
		}
		if len(allowed) > 0 && !slices.Contains(allowed, args[0]) {
			return Fault(Instead(cmd, cmp.Or(spelling.Nearest(args[0], allowed), "--help")), "%q is not a %s", args[0], what)
		}
		return nil
	}
}
