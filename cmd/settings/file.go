package settings

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
)

// readFile reads the configuration file, if there is one.
func (s *Source) readFile(cmd *cobra.Command) error {
	s.file = newLayers()
	path, named, err := s.configPath(cmd)
	if path == "" || err != nil {
		return err
	}
	read, err := s.Files.Read(cmd.Context(), path)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var set map[string]any
	if err == nil {
		set, err = parse(read.Text, append(flagKeys(cmd.Root()), s.Keys()...), neverEmpty)
	}
	if err == nil {
		s.text = fileText{path: path, text: read.Text}
		err = s.file.MergeConfigMap(set)
	}
	if ctx := cmd.Context(); ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return usage.Fault(connector.Typed("help environment").Next(), "configuration file %s: %s", path, err)
	}
	return nil
}

// configPath is where the configuration file lies, "" when that is not known, and whether
// somebody named it.
func (s *Source) configPath(cmd *cobra.Command) (path string, named bool, err error) {
	path, _ = cmd.Flags().GetString("config")
	if path == "" {
		path = s.Env.Getenv(Variable("config"))
	}
	if path != "" {
		return path, true, usage.CheckPath("--config", path, usage.Again("--config", "FILE"))
	}
	if folder := s.configFolder(); folder != "" {
		path = filepath.Join(folder, "config.yaml")
	}
	return path, false, nil
}

// Keys are the keys of the configuration file that are not flags.
func (s *Source) Keys() []string { return append(appKeys(s.Platforms), keyFile) }

// flagKeys lists the long flags of every command as configuration keys.
func flagKeys(root *cobra.Command) []string {
	var keys []string
	add := func(flag *pflag.Flag) { keys = append(keys, keyOf(flag.Name)) }
	root.PersistentFlags().VisitAll(add)
	for _, cmd := range root.Commands() {
		cmd.LocalFlags().VisitAll(add)
		keys = append(keys, flagKeys(cmd)...)
	}
	return keys
}
