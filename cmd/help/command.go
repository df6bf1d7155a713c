package help

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
)

func helpCommand(root *cobra.Command, out io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND or TOPIC]",
		Short: "Explain a command or a topic",
		Long: `Explain a command, one of the topics exit-codes, environment and warnings, or one
warning by its code.

Exit statuses: 0 done, 64 there is no such command or topic.`,
		Example: "  eshopctl help import run\n  eshopctl help exit-codes\n  eshopctl help W-SKU-MISSING",
		ValidArgsFunction: func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			return helpWords(root, args, begun), cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error { return explainWords(root, out, args) },
	}
}

// explainWords prints the help about the words after "help".
func explainWords(root *cobra.Command, out io.Writer, args []string) error {
	if len(args) == 1 && IsRemarkCode(args[0]) {
		_, err := io.WriteString(out, strings.TrimPrefix(warningHelp(args[0]), "\n"))
		return err
	}
	about, rest, _ := root.Find(args) // it fails for no command of ours
	if len(rest) > 0 && (about.HasSubCommands() || IsTopic(about)) {
		var near []string
		if word := spelling.Nearest(rest[0], aboutBelow(about)); word != "" {
			near = append(near, word)
		}
		return usage.Fault(connector.Typed("help "+usage.NameOf(about), near...).Next(),
			"there is no help about %q", strings.Join(args, " "))
	}
	return about.Help()
}

// helpWords are the commands, topics and codes that may follow "help".
func helpWords(root *cobra.Command, args []string, begun string) []cobra.Completion {
	about, rest, _ := root.Find(args)
	if len(rest) > 0 {
		return nil
	}
	words := aboutBelow(about)
	if about == root {
		for _, help := range remarks {
			words = append(words, help.Code)
		}
	}
	return slices.DeleteFunc(words, func(word string) bool { return !strings.HasPrefix(word, begun) })
}

// aboutBelow names the commands and topics below a command.
func aboutBelow(cmd *cobra.Command) []string {
	names := usage.CommandsBelow(cmd)
	for _, below := range cmd.Commands() {
		if IsTopic(below) {
			names = append(names, below.Name())
		}
	}
	return names
}
