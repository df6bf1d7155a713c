package help

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
)

// completionSetups are how each shell loads the completion in every new session.
var completionSetups = map[string]string{
	"bash":       "echo 'source <(eshopctl completion bash)' >> ~/.bashrc",
	"zsh":        "echo 'source <(eshopctl completion zsh)' >> ~/.zshrc",
	"fish":       "eshopctl completion fish > ~/.config/fish/completions/eshopctl.fish",
	"powershell": "eshopctl completion powershell >> $PROFILE",
}

const completionHelp = `Print the script with which your shell completes commands, flags, stores, runs,
plans and warehouses. %s

Exit statuses: 0 done.`

// explainCompletion gives cobra's completion command help in our words.
func explainCompletion(root *cobra.Command) {
	root.InitDefaultCompletionCmd()
	for _, cmd := range root.Commands() {
		if cmd.Name() != "completion" {
			continue
		}
		cmd.Short = "Complete words in your shell"
		cmd.Long = fmt.Sprintf(completionHelp, "Type the line for your shell once; new shells then\nhave it. bash needs the package bash-completion, zsh compinit before that line.")
		cmd.Args, cmd.RunE = cobra.ArbitraryArgs, usage.NeedsCommand
		for _, shell := range cmd.Commands() {
			shell.Short = "Print the script for " + shell.Name()
			shell.Long = fmt.Sprintf(completionHelp, "Type the line below once; new shells then have it.")
			shell.Example = "  " + completionSetups[shell.Name()]
		}
	}
}
