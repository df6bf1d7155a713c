package completion

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Words are the fixed values of the flags of runs.
type Words struct{ Kinds, Statuses, Actions []string }

// argumentCandidates complete an argument by its word in the usage line.
func argumentCandidates() map[string]candidates {
	return map[string]candidates{
		"RUN":       known(runCandidates("")),
		"PLAN":      known(runCandidates(importer.KindPreview)),
		"WAREHOUSE": known(warehouseCandidates),
		"LOCATION":  known(locationCandidates),
	}
}

// flagCandidates complete the values of a flag by its name, in whatever command.
func flagCandidates(w Words) map[string]candidates {
	return map[string]candidates{
		"store":              known(storeCandidates),
		"from":               known(runCandidates("")),
		"accept-warnings-of": known(runCandidates("")),
		"output":             func(_ *access.Access, cmd *cobra.Command) []cobra.Completion { return usage.Outputs(cmd) },
		"only":               resourceCandidates,
		"reader":             fixed(string(importer.ReaderAuto), string(importer.ReaderBulk), string(importer.ReaderPaged)),
		"auth":               fixed(string(connector.Browser), string(connector.ClientCredentials), string(connector.AdminToken)),
		"kind":               fixed(w.Kinds...),
		"status":             fixed(w.Statuses...),
		"action":             fixed(w.Actions...),
		"resource":           fixed(importer.TableNames()...),
		"code":               codeCandidates,
		"fail-on":            codeCandidates,
		"filter":             filterCandidates,
		"warehouse":          known(warehouseCandidates),
	}
}

// Add lets the shell complete the arguments and flags of a command and of all below it.
func Add(p *access.Access, cmd *cobra.Command, w Words) {
	addAll(p, cmd, argumentCandidates(), flagCandidates(w))
}

func addAll(p *access.Access, cmd *cobra.Command, arguments, flags map[string]candidates) {
	if words := strings.Fields(cmd.Use); len(words) > 1 && cmd.ValidArgsFunction == nil {
		cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
			if len(args) >= len(words)-1 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			argument := strings.Trim(words[1+len(args)], "[]")
			offer, ok := arguments[argument]
			if argument == p.Platforms.Argument() {
				offer, ok = fixed(p.Platforms.Names()...), true
			}
			if !ok {
				return nil, cobra.ShellCompDirectiveDefault
			}
			return offerWords(p, cmd, offer, begun)
		}
	}
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		if offer, ok := flags[flag.Name]; ok {
			_ = cmd.RegisterFlagCompletionFunc(flag.Name,
				func(cmd *cobra.Command, _ []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
					return offerWords(p, cmd, offer, begun)
				}) // a flag that another command registered already completes as well
		}
	})
	for _, below := range cmd.Commands() {
		addAll(p, below, arguments, flags)
	}
}

// Warehouses offers warehouses for each argument of a command that takes several.
func Warehouses(p *access.Access, cmd *cobra.Command, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return offerWords(p, cmd, known(warehouseCandidates), begun)
}

// offerWords keeps the words that continue the one begun, or the last one of a list with
// commas.
func offerWords(p *access.Access, cmd *cobra.Command, all candidates, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	done := begun[:strings.LastIndex(begun, ",")+1]
	var fitting []cobra.Completion
	for _, candidate := range all(p, cmd) {
		chosen := slices.Contains(strings.Split(done, ","), strings.SplitN(candidate, "\t", 2)[0])
		if !chosen && strings.HasPrefix(candidate, begun[len(done):]) {
			fitting = append(fitting, done+candidate)
		}
	}
	return fitting, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}
