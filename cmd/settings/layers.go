package settings

import (
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
)

// layers are what settings come from: what was typed, then the environment, then what the
// configuration file sets for a store, then what it sets for all.
type layers struct {
	env   terminal.Env
	file  configFile
	store string          // whose settings count, "" for those for all
	typed map[string]bool // keys of the flags that were typed
}

// of are the same layers for a store.
func (l layers) of(store string) layers {
	l.store = store
	return l
}

// values are the values that count, by their keys. viper knows that a typed
// flag comes before what is set; that a variable comes before the store's own settings,
// and those before the settings for all, is told by what is merged over what: viper would
// read the process's own variables, and not those that a command is given.
func (l layers) values(flags *pflag.FlagSet) *viper.Viper {
	all := newValues()
	merge := func(values map[string]any) { _ = all.MergeConfigMap(values) } // maps always can be
	merge(l.file.values.AllSettings())
	if own := l.file.valuesOf(l.store); own != nil {
		merge(own.AllSettings())
	}
	flags.VisitAll(func(flag *pflag.Flag) {
		if text := l.env.Getenv(Variable(flag.Name)); text != "" {
			merge(map[string]any{keyOf(flag.Name): text})
		}
		_ = all.BindPFlag(keyOf(flag.Name), flag) // it fails for no flag only
	})
	return all
}

// setting is the value of a setting that is no flag, of the environment, else of the
// configuration file.
func (l layers) setting(key string) string {
	if text := l.env.Getenv(Variable(key)); text != "" {
		return text
	}
	return l.file.values.GetString(key)
}

// originOf is where the value of a flag that was not typed comes from, as people would
// look for it: a variable, or a key with its line.
func (l layers) originOf(flag string) string {
	if l.env.Getenv(Variable(flag)) == "" {
		if line := l.file.lineOf(l.store, keyOf(flag)); line != "" {
			return keyOf(flag) + " in " + line
		}
	}
	return Variable(flag)
}

// whence is a remark that a setting stands in the configuration file, "" when it comes
// from elsewhere.
func (l layers) whence(setting string) string {
	key := strings.ToLower(keyOf(setting))
	line := l.file.lineOf(l.store, key)
	if line == "" || l.typed[key] || l.env.Getenv(Variable(key)) != "" {
		return ""
	}
	return " (" + key + " stands in " + line + ")"
}

// placeOf is where a setting that is no flag was made: the variable, or the key of
// the configuration file.
func (l layers) placeOf(key string) string {
	if name := Variable(key); l.env.Getenv(name) != "" {
		return name
	}
	if line := l.file.lineOf("", key); line != "" {
		return key + " in " + line
	}
	return key
}

// line is the command as it was typed.
func (l layers) line() usage.Line { return l.env.Args }
