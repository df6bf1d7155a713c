package cmd

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
)

// readConfigFile reads the configuration file. Keys are split by "::" because a
// store's name may hold dots.
func (p *program) readConfigFile(cmd *cobra.Command) (*viper.Viper, error) {
	file := viper.NewWithOptions(viper.KeyDelimiter("::"))
	path, _ := cmd.Flags().GetString("config")
	if path == "" {
		path = p.env.Getenv("ESHOPCTL_CONFIG")
	}
	named := path != ""
	if err := usage.CheckPath("--config", path, usage.Again("--config", "FILE")); err != nil {
		return nil, err
	}
	if folder := p.configFolder(); !named && folder == "" {
		return file, nil
	} else if !named {
		path = filepath.Join(folder, "config.yaml")
	}
	read, err := p.files.Read(cmd.Context(), path)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	var set map[string]any
	if err == nil {
		set, err = settings.Parse(read.Text, append(flagKeys(cmd.Root()), p.settingKeys()...), neverEmpty)
	}
	if err == nil {
		p.file = configText{path: path, text: read.Text}
		err = file.MergeConfigMap(set)
	}
	if ctx := cmd.Context(); ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, usage.Fault(connector.Typed("help environment").Next(), "configuration file %s: %s", path, err)
	}
	return file, nil
}

// settingKeys are the keys of the configuration file that are not flags.
func (p *program) settingKeys() []string { return append(p.platforms.keys(), "key_file") }

// flagKeys lists the long flags of every command as configuration keys.
func flagKeys(root *cobra.Command) []string {
	var keys []string
	add := func(flag *pflag.Flag) { keys = append(keys, configKey(flag.Name)) }
	root.PersistentFlags().VisitAll(add)
	for _, cmd := range root.Commands() {
		cmd.LocalFlags().VisitAll(add)
		keys = append(keys, flagKeys(cmd)...)
	}
	return keys
}
