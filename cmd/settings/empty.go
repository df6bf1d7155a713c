package settings

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
)

// neverEmpty are the flags that say what a command is about. An empty value never means
// "the only one" or "all": it is most likely a variable that was not set in a script.
var neverEmpty = []string{"store", "shop", "state", "config", "only", "from", "accept-warnings-of", "metrics-file", "out", "temp-dir"}

// refuseEmpty refuses empty arguments, empty values of neverEmpty and empty variables of
// theirs.
func refuseEmpty(env terminal.Env, cmd *cobra.Command, args []string) error {
	if slices.Contains([]string{cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}, cmd.Name()) {
		return nil // completion of an empty word is fine
	}
	for i, arg := range args {
		if isBlank(arg) {
			return emptyArgument(cmd, i)
		}
	}
	var err error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if err == nil && slices.Contains(neverEmpty, flag.Name) {
			err = refuseEmptyFlag(env, flag)
		}
	})
	return err
}

func refuseEmptyFlag(env terminal.Env, flag *pflag.Flag) error {
	wanted, _ := pflag.UnquoteUsage(flag)
	meant := connector.Again("--"+flag.Name, wanted)
	if flag.Changed {
		if isBlank(flag.Value.String()) {
			return usage.Fault(meant.Next(), "--%s is empty; is the variable that it comes from not set?", flag.Name)
		}
		return nil
	}
	name := Variable(flag.Name)
	if value, set := env.LookupEnv(name); set && isBlank(value) {
		return usage.Fault(usage.Line(env.Args).Again(meant.Args...).Next(), "%s is set to nothing; unset it, or name what is meant", name)
	}
	return nil
}

// emptyArgument is the name of an argument in the command's usage line.
func emptyArgument(cmd *cobra.Command, i int) error {
	name := "an argument"
	if words := strings.Fields(cmd.Use); i+1 < len(words) {
		name = strings.Trim(words[i+1], "[]")
	}
	next := usage.SeeHelp(cmd)
	if name == "RUN" || name == "PLAN" {
		next = connector.Typed("runs list").Next()
	}
	return usage.Fault(next, "%s: %s is empty; is the variable that it comes from not set?", cmd.CommandPath(), name)
}

func isBlank(value string) bool { return strings.TrimSpace(value) == "" }
