package cmd

import (
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Long: "Print the version.\n\nExit statuses: 0 done.", Example: "  eshopctl version\n  eshopctl version -o json", Args: usage.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.face.Show(view.Version{Version: version()})
		},
	}
}

// version is the module's version, with the commit when it was built from one.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	text := info.Main.Version
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			text += " " + setting.Value
		}
	}
	return text
}
