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

// PageOf is the help of a command: what it does, how it is typed, and its flags.
func PageOf(cmd *cobra.Command, columns int) string {
	h := &helpPage{columns: columns}
	h.addProse(cmp.Or(cmd.Long, cmd.Short))
	if !IsTopic(cmd) {
		h.addUsage(cmd)
		h.addCommands(cmd)
		h.addSection("Examples", examplesOf(cmd))
		h.addSection("Flags", ownFlags(cmd).FlagUsagesWrapped(columns))
		h.addReferences(cmd)
	}
	return h.text.String()
}

// helpPage collects the text of a page.
type helpPage struct {
	columns int
	text    strings.Builder
}

func (h *helpPage) addLine(format string, args ...any) {
	h.text.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// addProse adds paragraphs, wrapped for the window. Indented text stays as it is.
func (h *helpPage) addProse(text string) {
	for i, paragraph := range strings.Split(strings.TrimSpace(text), "\n\n") {
		if i > 0 {
			h.addLine("")
		}
		if strings.Contains("\n"+paragraph, "\n ") {
			h.addLine("%s", paragraph)
		} else {
			h.addLine("%s", foldText(paragraph, h.columns))
		}
	}
}

func (h *helpPage) addSection(title, text string) {
	if text == "" {
		return
	}
	h.addLine("")
	h.addLine("%s:", title)
	h.addLine("%s", strings.TrimRight(text, "\n"))
}

func (h *helpPage) addUsage(cmd *cobra.Command) {
	line := cmd.UseLine()
	switch {
	case !cmd.HasParent():
		line = cmd.CommandPath() + " [COMMAND] [flags]"
	case cmd.HasAvailableSubCommands():
		line = cmd.CommandPath() + " COMMAND [flags]"
	}
	h.addSection("Usage", "  "+line)
}

// addCommands adds the commands below this one, by their groups.
func (h *helpPage) addCommands(cmd *cobra.Command) {
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
		h.addSection(strings.TrimSuffix(group.Title, ":"), list)
	}
}

func otherCommands(cmd *cobra.Command) string {
	if len(cmd.Groups()) > 0 {
		return "Other"
	}
	return "Commands"
}

// examplesOf are the examples of a command, or the first example of each of its commands.
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

// ownFlags are the flags of a command without those that every command has.
func ownFlags(cmd *cobra.Command) *pflag.FlagSet {
	own := pflag.NewFlagSet(cmd.Name(), pflag.ContinueOnError)
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if flag.Name != "help" {
			own.AddFlag(flag)
		}
	})
	return own
}

// addReferences adds where to read more.
func (h *helpPage) addReferences(cmd *cobra.Command) {
	h.addLine("")
	if cmd.HasParent() {
		outputs := strings.Join(usage.Outputs(cmd), "|")
		h.addLine("%s", foldText("For every command: --store NAME, -o "+outputs+", --quiet, --verbose, --no-input, --no-color, --patience D, --temp-dir DIR, --state FILE, --config FILE.", h.columns))
	} else {
		for _, topic := range cmd.Commands() {
			if IsTopic(topic) {
				h.addLine("  %s %-12s  %s", plain.CommandLine(connector.Typed("help")), topic.Name(), topic.Short)
			}
		}
	}
	if cmd.HasAvailableSubCommands() {
		h.addLine("")
		h.addLine("%s COMMAND --help says more about a command.", cmd.CommandPath())
	}
}

// IsTopic reports whether a command is only a page of help.
func IsTopic(cmd *cobra.Command) bool { return cmd.IsAdditionalHelpTopicCommand() }

// foldText breaks text into lines of at most that many characters.
func foldText(text string, width int) string {
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
