package usage

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Fault is a fault of usage, with what to type instead.
func Fault(next connector.Next, format string, args ...any) *connector.Fault {
	return &connector.Fault{Code: connector.Usage, Message: fmt.Sprintf(format, args...), Next: next}
}

// Again is the next step to type the same command with these flags added or replaced.
func Again(flags ...string) connector.Next { return connector.Again(flags...).Next() }

// Line is a command as it was typed, without the program's name.
type Line []string

// Again is the command line with these flags added, or replaced where it has them.
func (l Line) Again(flags ...string) connector.Command {
	return connector.Typed("", retypedArgs(l, flags)...)
}

// WithoutFlag is the command line without a flag that takes no value.
func (l Line) WithoutFlag(flag string) connector.Command {
	return Line(slices.DeleteFunc(slices.Clone(l), func(arg string) bool { return arg == flag })).Again()
}

// WithWord is the command line with meant in the place of the word typed, which may also be
// the value of flag.
func (l Line) WithWord(typed, meant string, flag string) connector.Command {
	said := slices.Clone(l)
	for i, arg := range said {
		switch arg {
		case typed:
			said[i] = meant
		case flag + "=" + typed:
			said[i] = flag + "=" + meant
		}
	}
	return said.Again()
}

// NameOf is the name of a command without the program's, as in "import run".
func NameOf(cmd *cobra.Command) string {
	return strings.TrimSpace(strings.TrimPrefix(cmd.CommandPath(), plain.Program))
}

// Instead is the next step to type a command with these words behind it.
func Instead(cmd *cobra.Command, words ...string) connector.Next {
	return connector.Typed(NameOf(cmd), words...).Next()
}

// SeeHelp is the next step to read the help of a command.
func SeeHelp(cmd *cobra.Command) connector.Next { return Instead(cmd, "--help") }

func retypedArgs(typed, flags []string) []string {
	var args []string
	for i := 0; i < len(typed) && typed[i] != "--"; i++ {
		name, _, joined := strings.Cut(typed[i], "=")
		at := slices.Index(flags, name)
		if at < 0 || !strings.HasPrefix(name, "-") {
			args = append(args, typed[i])
			continue
		}
		if valued := at+1 < len(flags) && !strings.HasPrefix(flags[at+1], "-"); valued && !joined {
			i++
		}
	}
	args = append(args, flags...)
	if end := slices.Index(typed, "--"); end >= 0 {
		args = append(args, typed[end:]...)
	}
	return args
}

// WithFlagNamed is the command line with another name for a flag.
func (l Line) WithFlagNamed(flag, name string) Line {
	args := make(Line, len(l))
	for i, arg := range l {
		if args[i] = arg; arg == flag || strings.HasPrefix(arg, flag+"=") {
			args[i] = name + strings.TrimPrefix(arg, flag)
		}
	}
	return args
}
