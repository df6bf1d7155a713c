package settings

import (
	"time"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
)

// Settings are the values of flags, environment and configuration file that count for a
// command.
type Settings struct {
	Store      string // "" when none was given
	StoreTyped bool   // by a flag, not by environment or configuration
	StatePath  string // "" when there is no default, without HOME
	Ages       health.Ages
	OwnAges    map[string]health.Ages // of stores with ages of their own in the configuration
	TempDir    string                 // "" when none was named
	Output     string                 // table, json or jsonl
	NoColor    bool
	Quiet      bool
	Verbose    bool
	NoInput    bool
	Patience   time.Duration    // how long to wait while nothing moves
	Apps       map[string]App   // by provider
	Key        connector.Secret // ESHOPCTL_KEY
	KeyFile    string           // ESHOPCTL_KEY_FILE, or the default path; "" when that is not known
	KeyGiven   bool             // the key file was named by the operator
}

// AddFlags gives a command the flags that every command has.
func AddFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.String("store", "", "the eshopOS store, by its `NAME`")
	flags.String("state", "", "state `FILE` (default "+statePathIn("~/.local/state")+")")
	flags.String("config", "", "configuration `FILE` (default eshopctl/config.yaml in the user's config folder)")
	flags.StringP("output", "o", "table", "`FORMAT`: table, json or jsonl; some know csv or html")
	flags.Bool("no-color", false, "no colour")
	flags.BoolP("quiet", "q", false, "the one line that matters; lists and JSON stay whole")
	flags.BoolP("verbose", "v", false, "say more on standard error")
	flags.Bool("no-input", false, "never ask")
	flags.String("temp-dir", "", "`DIR` for temporary files (default beside the state file)")
	usage.AddPeriod(flags, new(time.Duration), "patience", connector.DefaultPatience, "how much `TIME` to wait while nothing goes on")
}

// IsForPrograms reports whether the output is for a program.
func (s Settings) IsForPrograms() bool { return s.Output == "json" || s.Output == "jsonl" }

// AgesOf are the ages that count for a store, in the order of all settings, so that status,
// doctor and the metrics of an import judge alike.
func (s Settings) AgesOf(store string) health.Ages {
	if ages, own := s.OwnAges[store]; own {
		return ages
	}
	return s.Ages
}

// AddTypedYes adds --yes to a command that destroys. It counts only when typed: a setting
// made once for nightly imports must not remove anything.
func AddTypedYes(cmd *cobra.Command, yes *bool) {
	cmd.Flags().BoolVarP(yes, "yes", "y", false, "do not ask; counts on the command line only")
	_ = cmd.Flags().SetAnnotation("yes", OnlyTyped, []string{"true"}) // the flag was just added
}
