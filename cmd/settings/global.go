package settings

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// settingsOf fills the flags of a command, and makes the settings of those that every
// command has, and of what is no flag.
func (s *Source) settingsOf(cmd *cobra.Command) (made Settings, err error) {
	if err := s.fill(cmd); err != nil {
		return made, err
	}
	made = s.ofFlags(cmd.Flags())
	if made.Patience, err = patienceOf(cmd.Flags()); err != nil {
		return made, err
	}
	if err := s.placeState(&made); err != nil {
		return made, err
	}
	if known := usage.Outputs(cmd); !slices.Contains(known, made.Output) {
		return made, usage.Fault(usage.Again("-o", cmp.Or(spelling.Nearest(made.Output, known), "json")), "there is no output %q for %s: it knows %s%s", made.Output, cmd.CommandPath(), strings.Join(known, ", "), s.whence("output"))
	}
	if made.Store != "" && !connector.IsStoreName(made.Store) {
		return made, usage.Fault(nil, "%.80q cannot be the name of a store: use 1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit%s", made.Store, s.whence("store"))
	}
	if err := s.placeKey(&made); err != nil {
		return made, err
	}
	made.Apps, err = s.apps(cmd.Context())
	return made, err
}

func (s *Source) ofFlags(flags *pflag.FlagSet) (made Settings) {
	made.Store, _ = flags.GetString("store")
	made.StatePath, _ = flags.GetString("state")
	made.TempDir, _ = flags.GetString("temp-dir")
	made.Output, _ = flags.GetString("output")
	made.NoColor, _ = flags.GetBool("no-color")
	made.Quiet, _ = flags.GetBool("quiet")
	made.Verbose, _ = flags.GetBool("verbose")
	made.NoInput, _ = flags.GetBool("no-input")
	made.NoColor = made.NoColor || s.Env.Getenv("NO_COLOR") != "" || s.Env.Getenv("TERM") == "dumb"
	return made
}

func patienceOf(flags *pflag.FlagSet) (time.Duration, error) {
	limit, err := usage.ParsePeriod(flags.Lookup("patience").Value.String())
	if err == nil && limit <= 0 {
		err = usage.Fault(usage.Again("--patience", "10m"), "--patience must be longer than nothing")
	}
	return limit, err
}

// placeState says where the state file lies.
func (s *Source) placeState(made *Settings) error {
	if err := usage.CheckPath("--state", made.StatePath, usage.Again("--state", "FILE")); err != nil {
		return err
	}
	if folder := s.stateFolder(); made.StatePath == "" && folder != "" {
		made.StatePath = statePathIn(folder)
	}
	return nil
}

// placeKey says where the key is that seals secrets.
func (s *Source) placeKey(made *Settings) error {
	made.Key = connector.NewSecret(s.Env.Getenv(Variable("key")))
	made.KeyFile = s.setting(keyFile)
	made.KeyGiven = made.KeyFile != ""
	if err := usage.CheckPath(s.placeOf(keyFile), made.KeyFile, s.line().Again().After("name a file: ")); err != nil {
		return err
	}
	if folder := s.configFolder(); !made.KeyGiven && folder != "" {
		made.KeyFile = filepath.Join(folder, "key")
	}
	return nil
}

// keyFile is the key of the setting that names the file of the key.
const keyFile = "key_file"
