package settings

import (
	"context"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// Source is where the settings of a command come from.
type Source struct {
	Env       terminal.Env
	Files     *given.Files        // files that were read, because a pipe can be read only once
	Platforms connector.Platforms // the providers, each with settings of its app
	// Implied finds the store of a command that names none, from the state file at path and
	// the arguments; "" when it is not known.
	Implied func(ctx context.Context, statePath string, args []string) string

	layers layers // set by Read
}

// Read fills every flag of a command that was not typed, and returns the settings.
func (s *Source) Read(cmd *cobra.Command, args []string) (Settings, error) {
	if err := refuseEmpty(s.Env, cmd, args); err != nil {
		return Settings{}, err
	}
	if err := s.readLayers(cmd); err != nil {
		return Settings{}, err
	}
	typedStore := cmd.Flags().Changed("store")
	ages, own, err := readAges(s.layers, typedOf(cmd, "max-age", "error-age"))
	if err != nil {
		return Settings{}, err
	}
	if s.layers.file.values.IsSet(storesKey) {
		s.layers.store = s.storeOf(cmd, args)
	}
	made, err := s.settingsOf(cmd)
	made.StoreTyped, made.Ages, made.OwnAges = typedStore, ages, own
	return made, err
}

// readLayers reads everything that settings come from.
func (s *Source) readLayers(cmd *cobra.Command) error {
	s.layers = layers{env: s.Env, file: configFile{values: newValues()}, typed: map[string]bool{}}
	path, named, err := configPath(s.Env, cmd.Flags())
	if err != nil {
		return err
	}
	known := append(flagKeys(cmd.Root()), s.Keys()...)
	if s.layers.file, err = readConfigFile(cmd.Context(), s.Files, path, named, known); err != nil {
		return err
	}
	cmd.Flags().Visit(func(flag *pflag.Flag) { s.layers.typed[keyOf(flag.Name)] = true })
	return nil
}

// Keys are the keys of the configuration file that are not flags.
func (s *Source) Keys() []string { return append(appKeys(s.Platforms), keyFile) }

// ForStore is the source of the settings of one store.
func (s *Source) ForStore(store string) *Source {
	own := *s
	own.layers = s.layers.of(store)
	return &own
}

// Again fills the flags of a command for the source's store, as Read does. Flags that were
// typed are set already; ages stay as read before.
func (s *Source) Again(cmd *cobra.Command, before Settings) (Settings, error) {
	made, err := s.settingsOf(cmd)
	made.StoreTyped, made.Ages, made.OwnAges = before.StoreTyped, before.Ages, before.OwnAges
	return made, err
}

func (s *Source) settingsOf(cmd *cobra.Command) (Settings, error) {
	made, err := readGlobals(cmd, s.layers)
	if err != nil {
		return made, err
	}
	made.Apps, err = readApps(cmd.Context(), s.layers, s.Files, s.Platforms)
	return made, err
}

// IsTyped reports whether a flag was typed.
func (s *Source) IsTyped(flag string) bool { return s.layers.typed[keyOf(flag)] }

// storeOf is the store whose part of the configuration counts, "" when it is not known.
func (s *Source) storeOf(cmd *cobra.Command, args []string) string {
	all := s.layers.of("").values(cmd.Flags())
	if store := all.GetString("store"); store != "" {
		return store
	}
	path := all.GetString("state")
	if folder := stateFolder(s.Env); path == "" && folder != "" {
		path = statePathIn(folder)
	}
	if path == "" {
		return ""
	}
	return s.Implied(cmd.Context(), path, args)
}

// typedOf are the values of the flags that were typed, by name.
func typedOf(cmd *cobra.Command, flags ...string) map[string]string {
	typed := map[string]string{}
	for _, name := range flags {
		if flag := cmd.Flags().Lookup(name); flag != nil && flag.Changed {
			typed[name] = flag.Value.String()
		}
	}
	return typed
}
