package usage

import (
	"strings"

	"github.com/spf13/cobra"
)

// MoreOutputs is the annotation of a command that lists, with spaces between, the outputs
// it has besides those of every command.
const MoreOutputs = "outputs"

// Outputs are the values that --output takes with a command.
func Outputs(cmd *cobra.Command) []string {
	return append([]string{"table", "json", "jsonl"}, strings.Fields(cmd.Annotations[MoreOutputs])...)
}
