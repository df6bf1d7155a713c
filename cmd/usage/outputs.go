package usage

import (
	"strings"

	"github.com/spf13/cobra"
)

// MoreOutputs is the annotation of a command that names the outputs which it
// knows besides those that all commands know.
const MoreOutputs = "outputs"

// Outputs are the outputs that a command knows.
func Outputs(cmd *cobra.Command) []string {
	return append([]string{"table", "json", "jsonl"}, strings.Fields(cmd.Annotations[MoreOutputs])...)
}
