package settings

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// readGlobals fills the flags of a command, and returns the settings of the flags that
// every command has and of what has no flag.
func readGlobals(cmd *cobra.Command, l layers) (made Settings, err error) {
	if err := fillFlags(cmd, l); err != nil {
		return made, err
	}
	made = ofFlags(l.env, cmd.Flags())
	if made.Patience, err = patienceOf(cmd.Flags()); err != nil {
		return made, err
	}
	if err := placeState(l.env, &made); err != nil {
		return made, err
	}
	if known := usage.Outputs(cmd); !slices.Contains(known, made.Output) {
		return made, usage.Fault(usage.Again("-o", cmp.Or(spelling.Nearest(made.Output, known), "json")),
			"there is no output %q for %s: it knows %s%s", made.Output, cmd.CommandPath(), strings.Join(known, ", "), l.whence("output"))
	}
	if made.Store != "" && !connector.IsStoreName(made.Store) {
		return made, usage.Fault(nil, "%.80q cannot be the name of a store: use 1 to 63 of a-z, 0-9, dot, underscore and hyphen, "+
			"beginning with a letter or digit%s", made.Store, l.whence("store"))
	}
	return made, placeKey(l, &made)
}

// fillFlags sets every flag that was not typed from environment and configuration.
func fillFlags(cmd *cobra.Command, l layers) error {
	var failed error
	all := l.values(cmd.Flags())
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || flag.Annotations[OnlyTyped] != nil || !all.IsSet(keyOf(flag.Name)) {
			return
		}
		if text := all.GetString(keyOf(flag.Name)); text != "" {
			if err := cmd.Flags().Set(flag.Name, text); err != nil {
				wanted, _ := usage.WantedValue(flag, text)
				failed = usage.Fault(usage.SeeHelp(cmd), "%s: %.80q is %s", l.originOf(flag.Name), text, wanted)
			}
		}
	})
	if failed != nil {
		return failed
	}
	return usage.CheckAmounts(cmd)
}

func ofFlags(env terminal.Env, flags *pflag.FlagSet) (made Settings) {
	made.Store, _ = flags.GetString("store")
	made.StatePath, _ = flags.GetString("state")
	made.TempDir, _ = flags.GetString("temp-dir")
	made.Output, _ = flags.GetString("output")
	made.NoColor, _ = flags.GetBool("no-color")
	made.Quiet, _ = flags.GetBool("quiet")
	made.Verbose, _ = flags.GetBool("verbose")
	made.NoInput, _ = flags.GetBool("no-input")
	made.NoColor = made.NoColor || env.Getenv("NO_COLOR") != "" || env.Getenv("TERM") == "dumb"
	return made
}

func patienceOf(flags *pflag.FlagSet) (time.Duration, error) {
	limit, err := usage.ParsePeriod(flags.Lookup("patience").Value.String())
	if err == nil && limit <= 0 {
		err = usage.Fault(usage.Again("--patience", "10m"), "--patience must be longer than nothing")
	}
	return limit, err
}

// placeState decides where the state file lies.
func placeState(env terminal.Env, made *Settings) error {
	if err := usage.CheckPath("--state", made.StatePath, usage.Again("--state", "FILE")); err != nil {
		return err
	}
	if folder := stateFolder(env); made.StatePath == "" && folder != "" {
		made.StatePath = statePathIn(folder)
	}
	return nil
}

// placeKey decides where the key lies that seals secrets.
func placeKey(l layers, made *Settings) error {
	made.Key = connector.NewSecret(l.env.Getenv(Variable("key")))
	made.KeyFile = l.setting(keyFile)
	made.KeyGiven = made.KeyFile != ""
	if err := usage.CheckPath(l.placeOf(keyFile), made.KeyFile, l.line().Again().After("name a file: ")); err != nil {
		return err
	}
	if folder := configFolder(l.env); !made.KeyGiven && folder != "" {
		made.KeyFile = filepath.Join(folder, "key")
	}
	return nil
}
