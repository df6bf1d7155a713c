package settings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// configFile is the configuration file; the zero value sets nothing.
type configFile struct {
	path   string
	text   []byte
	values *viper.Viper
}

// readConfigFile reads the configuration file of a command, if there is one. Unknown keys
// are an error.
func readConfigFile(ctx context.Context, files *given.Files, path string, named bool, known []string) (configFile, error) {
	none := configFile{values: newValues()}
	if path == "" {
		return none, nil
	}
	read, err := files.Read(ctx, path)
	if !named && errors.Is(err, fs.ErrNotExist) {
		return none, nil
	}
	var set map[string]any
	if err == nil {
		set, err = parse(read.Text, known, neverEmpty)
	}
	file := configFile{path: path, text: read.Text, values: newValues()}
	if err == nil {
		err = file.values.MergeConfigMap(set)
	}
	if ctx.Err() != nil {
		return none, ctx.Err()
	}
	if err != nil {
		return none, usage.Fault(connector.Typed("help environment").Next(), "configuration file %s: %s", path, err)
	}
	return file, nil
}

// lineOf is the place where the file sets a key, for the store or for all; "" when it does
// not.
func (f configFile) lineOf(store, key string) string {
	if n := lineOf(f.text, store, key); n > 0 {
		return fmt.Sprintf("line %d of %s", n, f.path)
	}
	return ""
}

// stores are the names of the stores with settings of their own, sorted.
func (f configFile) stores() (names []string) {
	for _, store := range slices.Sorted(maps.Keys(f.values.GetStringMap(storesKey))) {
		if f.valuesOf(store) != nil {
			names = append(names, store)
		}
	}
	return names
}

// valuesOf are the settings of one store alone, nil when it has none.
func (f configFile) valuesOf(store string) *viper.Viper {
	if store == "" {
		return nil
	}
	return f.values.Sub(storesKey + delimiter + strings.ToLower(store))
}

// delimiter separates keys for viper: its dot may stand in a store's name.
const delimiter = "::"

func newValues() *viper.Viper { return viper.NewWithOptions(viper.KeyDelimiter(delimiter)) }

// configPath is the path of the configuration file, "" when there is no default, and
// whether it was named.
func configPath(env terminal.Env, flags *pflag.FlagSet) (path string, named bool, err error) {
	path, _ = flags.GetString("config")
	if path == "" {
		path = env.Getenv(Variable("config"))
	}
	if path != "" {
		return path, true, usage.CheckPath("--config", path, usage.Again("--config", "FILE"))
	}
	if folder := configFolder(env); folder != "" {
		path = filepath.Join(folder, "config.yaml")
	}
	return path, false, nil
}

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
