package help

import (
	"io"

	"github.com/spf13/cobra"
)

// AddPages gives every command its page of help. width is that of the window, 0 when there
// is none.
func AddPages(root *cobra.Command, out io.Writer, width int) {
	columns := Columns
	if width > 0 {
		columns = max(min(width, Columns), LeastColumns)
	}
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_, _ = io.WriteString(out, PageOf(cmd, columns)) // there is nowhere to report a failure
	})
	root.SetHelpCommand(helpCommand(root, out))
	root.InitDefaultHelpCmd()
	explainCompletion(root)
}
