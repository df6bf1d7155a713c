package settings

import (
	"context"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// Source is where the settings of a command come from.
type Source struct {
	Env       terminal.Env
	Files     *given.Files        // through which files are read; what came through a pipe comes once
	Platforms connector.Platforms // the providers, each with settings of its app
	// Implied is the store that is meant where none is named, by what the state file at a
	// path tells and by the arguments of the command; "" when it is not known yet.
	Implied func(ctx context.Context, statePath string, args []string) string

	text  fileText        // of the configuration file
	file  *viper.Viper    // what it sets
	typed map[string]bool // keys of the flags that were typed
}

// Read fills every flag of a command that was not typed, and makes the settings of it.
func (s *Source) Read(cmd *cobra.Command, args []string) (Settings, error) {
	if err := s.refuseEmpty(cmd, args); err != nil {
		return Settings{}, err
	}
	if err := s.readFile(cmd); err != nil {
		return Settings{}, err
	}
	s.typed = map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { s.typed[keyOf(flag.Name)] = true })
	typedStore := cmd.Flags().Changed("store")
	ages, own, err := s.readAges(typedOf(cmd, "max-age", "error-age"))
	if err != nil {
		return Settings{}, err
	}
	if s.file.IsSet(storesKey) {
		s.text.store = s.storeOf(cmd, args)
	}
	made, err := s.settingsOf(cmd)
	made.StoreTyped, made.Ages, made.OwnAges = typedStore, ages, own
	return made, err
}

// ForStore is the source of the settings of one store of several.
func (s *Source) ForStore(store string) *Source {
	own := *s
	own.text.store = store
	return &own
}

// Again fills the flags of a command for the source's store: those that were typed with
// another one have their values already. Ages are as they were.
func (s *Source) Again(cmd *cobra.Command, before Settings) (Settings, error) {
	made, err := s.settingsOf(cmd)
	made.StoreTyped, made.Ages, made.OwnAges = before.StoreTyped, before.Ages, before.OwnAges
	return made, err
}

// IsTyped reports whether a flag was typed.
func (s *Source) IsTyped(flag string) bool { return s.typed[keyOf(flag)] }

// storeOf is the store whose settings count, "" when it is not known.
func (s *Source) storeOf(cmd *cobra.Command, args []string) string {
	all := s.layers("", cmd.Flags())
	if store := all.GetString("store"); store != "" {
		return store
	}
	path := all.GetString("state")
	if folder := s.stateFolder(); path == "" && folder != "" {
		path = statePathIn(folder)
	}
	if path == "" {
		return ""
	}
	return s.Implied(cmd.Context(), path, args)
}

// layers are the values that count for a store, by their keys. viper knows that a typed
// flag comes before what is set; that a variable comes before the store's own settings,
// and those before the settings for all, is told by what is merged over what: viper would
// read the process's own variables, and not those that a command is given.
func (s *Source) layers(store string, flags *pflag.FlagSet) *viper.Viper {
	all := newLayers()
	merge := func(values map[string]any) { _ = all.MergeConfigMap(values) } // maps always can be
	merge(s.file.AllSettings())
	if own := s.file.Sub(storesKey + delimiter + strings.ToLower(store)); store != "" && own != nil {
		merge(own.AllSettings())
	}
	flags.VisitAll(func(flag *pflag.Flag) {
		if text := s.Env.Getenv(Variable(flag.Name)); text != "" {
			merge(map[string]any{keyOf(flag.Name): text})
		}
		_ = all.BindPFlag(keyOf(flag.Name), flag) // it fails for no flag only
	})
	return all
}

// delimiter splits keys: a store's name may hold dots.
const delimiter = "::"

func newLayers() *viper.Viper { return viper.NewWithOptions(viper.KeyDelimiter(delimiter)) }

// fill fills every flag that was not typed.
func (s *Source) fill(cmd *cobra.Command) error {
	var failed error
	all := s.layers(s.text.store, cmd.Flags())
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Changed || flag.Annotations[OnlyTyped] != nil || !all.IsSet(keyOf(flag.Name)) {
			return
		}
		if text := all.GetString(keyOf(flag.Name)); text != "" {
			if err := cmd.Flags().Set(flag.Name, text); err != nil {
				wanted, _ := usage.WantedValue(flag, text)
				failed = usage.Fault(usage.SeeHelp(cmd), "%s: %.80q is %s", s.originOf(flag.Name, s.text.store), text, wanted)
			}
		}
	})
	if failed != nil {
		return failed
	}
	return usage.CheckAmounts(cmd)
}

// OnlyTyped is the annotation of a flag that counts when it is typed with the
// command, and never from a variable or the configuration.
const OnlyTyped = "only typed"

// setting is the value of a setting that is no flag, of the environment, else of the
// configuration file.
func (s *Source) setting(key string) string {
	if text := s.Env.Getenv(Variable(key)); text != "" {
		return text
	}
	return s.file.GetString(key)
}

// typedOf are the values of flags that were typed with a command, by their names.
func typedOf(cmd *cobra.Command, flags ...string) map[string]string {
	typed := map[string]string{}
	for _, name := range flags {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			typed[name] = flag.Value.String()
		}
	}
	return typed
}

// Variable is the variable of a flag, or of a setting that is none.
func Variable(flag string) string { return "ESHOPCTL_" + strings.ToUpper(keyOf(flag)) }

// keyOf is the key of a flag in the configuration file.
func keyOf(flag string) string { return strings.ReplaceAll(flag, "-", "_") }
