package settings

import (
	"strings"

	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
)

// layers are where settings come from, in this order: flags, environment, the store's part
// of the configuration file, the rest of the file.
type layers struct {
	env   terminal.Env
	file  configFile
	store string          // whose part of the file counts, "" for none
	typed map[string]bool // keys of the flags that were typed
}

// of are the same layers for a store.
func (l layers) of(store string) layers {
	l.store = store
	return l
}

// values are the values that count, by key. viper puts typed flags first; the rest of the
// order comes from what is merged over what. viper does not read the variables itself: it
// knows only those of the process, not those of an Env.
func (l layers) values(flags *pflag.FlagSet) *viper.Viper {
	all := newValues()
	merge := func(values map[string]any) { _ = all.MergeConfigMap(values) } // merging maps cannot fail
	merge(l.file.values.AllSettings())
	if own := l.file.valuesOf(l.store); own != nil {
		merge(own.AllSettings())
	}
	flags.VisitAll(func(flag *pflag.Flag) {
		if text := l.env.Getenv(Variable(flag.Name)); text != "" {
			merge(map[string]any{keyOf(flag.Name): text})
		}
		_ = all.BindPFlag(keyOf(flag.Name), flag) // it fails only for a nil flag
	})
	return all
}

// setting is the value of a setting without a flag: from the environment, else from the
// configuration file.
func (l layers) setting(key string) string {
	if text := l.env.Getenv(Variable(key)); text != "" {
		return text
	}
	return l.file.values.GetString(key)
}

// originOf is where the value of a flag comes from that was not typed: a variable, or a key
// with its line.
func (l layers) originOf(flag string) string {
	if l.env.Getenv(Variable(flag)) == "" {
		if line := l.file.lineOf(l.store, keyOf(flag)); line != "" {
			return keyOf(flag) + " in " + line
		}
	}
	return Variable(flag)
}

// whence says that a setting comes from the configuration file; "" when it does not.
func (l layers) whence(setting string) string {
	key := strings.ToLower(keyOf(setting))
	line := l.file.lineOf(l.store, key)
	if line == "" || l.typed[key] || l.env.Getenv(Variable(key)) != "" {
		return ""
	}
	return " (" + key + " stands in " + line + ")"
}

// placeOf is where a setting without a flag comes from: the variable, or the key of the
// configuration file.
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
