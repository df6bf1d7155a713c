package help

import (
	"io"

	"github.com/spf13/cobra"
)

// AddPages has every command explain itself in our words, for a window that is so wide;
// 0 is none.
func AddPages(root *cobra.Command, out io.Writer, width int) {
	columns := Columns
	if width > 0 {
		columns = max(min(width, Columns), LeastColumns)
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_, _ = io.WriteString(out, PageOf(cmd, columns)) // there is nobody to tell
	})
	root.SetHelpCommand(helpCommand(root, out))
	root.InitDefaultHelpCmd()
	explainCompletion(root)
}
