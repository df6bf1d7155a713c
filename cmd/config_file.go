package cmd

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/settings"
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
	if folder := p.configFolder(); !named && folder == "" {
		return file, nil
	} else if !named {
		path = filepath.Join(folder, "config.yaml")
	}
	text, err := readSmall(path)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return file, nil
	}
	var set map[string]any
	if err == nil {
		set, err = settings.Parse(text, append(flagKeys(cmd.Root()), settingKeys...), neverEmpty)
	}
	if err == nil {
		err = file.MergeConfigMap(set)
	}
	if err != nil {
		return nil, usage("eshopctl help environment", "configuration file %s: %s", path, err)
	}
	return file, nil
}

// smallFile is more than a person writes into a file of settings or secrets.
const smallFile = 1 << 20

// readSmall reads a file of that kind, which may be a pipe. Devices that never
// end are given up.
func readSmall(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, withoutPath(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, smallFile+1))
	if err == nil && len(text) > smallFile {
		err = errors.New("it is larger than a megabyte")
	}
	return text, withoutPath(err)
}

func withoutPath(err error) error {
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// settingKeys are the keys of the configuration file that are not flags.
var settingKeys = []string{"shopify_client_id", "shopify_client_secret_file", "shopify_callback_url", "shopify_api_version", "key_file"}

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
