package help

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// The width of help: as wide as it reads well, and no wider than the window.
const (
	Columns      = 80
	LeastColumns = 40
)

// Of is the help of a command: what it does, how it is typed, and its flags.
func Of(cmd *cobra.Command, columns int) string {
	h := &helpPage{columns: columns}
	h.prose(cmp.Or(cmd.Long, cmd.Short))
	if !IsTopic(cmd) {
		h.usage(cmd)
		h.commands(cmd)
		h.section("Examples", examplesOf(cmd))
		h.section("Flags", ownFlags(cmd).FlagUsagesWrapped(columns))
		h.others(cmd)
	}
	return h.text.String()
}

// helpPage is help on its way out.
type helpPage struct {
	columns int
	text    strings.Builder
}

func (h *helpPage) line(format string, args ...any) {
	h.text.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// prose adds paragraphs, which are broken anew for the window. What is indented
// stays as it is.
func (h *helpPage) prose(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			h.line("")
		}
		if strings.Contains("\n"+paragraph, "\n ") {
			h.line("%s", paragraph)
		} else {
			h.line("%s", folded(paragraph, h.columns))
		}
	}
}

func (h *helpPage) section(title, text string) {
	if text == "" {
		return
	}
	h.line("")
	h.line("%s:", title)
	h.line("%s", strings.TrimRight(text, "\n"))
}

func (h *helpPage) usage(cmd *cobra.Command) {
	line := cmd.UseLine()
	switch {
	case !cmd.HasParent():
		line = cmd.CommandPath() + " [COMMAND] [flags]"
	case cmd.HasAvailableSubCommands():
		line = cmd.CommandPath() + " COMMAND [flags]"
	}
	h.section("Usage", "  "+line)
}

// commands adds the commands below this one, by their groups.
func (h *helpPage) commands(cmd *cobra.Command) {
	longest := 0
	for _, below := range cmd.Commands() {
		longest = max(longest, len(below.Name()))
	}
	groups := append(cmd.Groups(), &cobra.Group{Title: otherCommands(cmd)})
	for _, group := range groups {
		list := ""
		for _, below := range cmd.Commands() {
			if below.GroupID == group.ID && !below.Hidden && !IsTopic(below) {
				list += fmt.Sprintf("  %-*s  %s\n", longest, below.Name(), below.Short)
			}
		}
		h.section(strings.TrimSuffix(group.Title, ":"), list)
	}
}

func otherCommands(cmd *cobra.Command) string {
	if len(cmd.Groups()) > 0 {
		return "Other"
	}
	return "Commands"
}

// examplesOf are the examples of a command; one that only holds others shows one
// of each.
func examplesOf(cmd *cobra.Command) string {
	if cmd.Example != "" || !cmd.HasAvailableSubCommands() {
		return cmd.Example
	}
	var first []string
	for _, below := range cmd.Commands() {
		example, _, _ := strings.Cut(below.Example, "\n")
		if example != "" {
			first = append(first, example)
		}
	}
	return strings.Join(first, "\n")
}

// ownFlags are the flags that not every command has; the root explains those.
func ownFlags(cmd *cobra.Command) *pflag.FlagSet {
	own := pflag.NewFlagSet(cmd.Name(), pflag.ContinueOnError)
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "help" {
			own.AddFlag(flag)
		}
	})
	return own
}

// others adds where to read on.
func (h *helpPage) others(cmd *cobra.Command) {
	h.line("")
	if cmd.HasParent() {
		outputs := strings.Join(usage.Outputs(cmd), "|")
		h.line("%s", folded("For every command: --store NAME, -o "+outputs+", --quiet, --verbose, --no-input, --no-color, --patience D, --temp-dir DIR, --state FILE, --config FILE.", h.columns))
	} else {
		for _, topic := range cmd.Commands() {
			if IsTopic(topic) {
				h.line("  %s %-12s  %s", plain.CommandLine(connector.Typed("help")), topic.Name(), topic.Short)
			}
		}
	}
	if cmd.HasAvailableSubCommands() {
		h.line("")
		h.line("%s COMMAND --help says more about a command.", cmd.CommandPath())
	}
}

// IsTopic reports whether a command is only there to be read about.
func IsTopic(cmd *cobra.Command) bool { return cmd.IsAdditionalHelpTopicCommand() }

// folded breaks text into lines of at most that many characters.
func folded(text string, width int) string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(text) {
		if line != "" && len(line)+1+len(word) > width {
			lines, line = append(lines, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return strings.Join(append(lines, line), "\n")
}
