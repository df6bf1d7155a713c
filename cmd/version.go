package cmd

import (
	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/cmd/view"
)

func versionCommand(p *access.Access) *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Long: "Print the version.\n\nExit statuses: 0 done.", Example: "  eshopctl version\n  eshopctl version -o json", Args: usage.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.Face.ShowReport(view.Version{Version: terminal.Version()})
		},
	}
}
