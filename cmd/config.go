package cmd

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/connector"
)

// Config is what flags, environment and configuration file came to, in that
// order of precedence. Commands read it and never ask viper.
type Config struct {
	Store      string // "" when none was given
	StoreTyped bool   // with the command, not in the environment or configuration
	StatePath  string
	Output     string // table, json or jsonl
	NoColor    bool
	Quiet      bool
	Verbose    bool
	NoInput    bool
	Shopify    ShopifyApp
	Key        connector.Secret // ESHOPCTL_KEY
	KeyFile    string           // ESHOPCTL_KEY_FILE, or the default path
	KeyGiven   bool             // the key file was named by the operator
}

// ShopifyApp is the provider app as the environment describes it. Empty fields
// mean that the stored connector decides.
type ShopifyApp struct {
	ClientID        string
	ClientSecret    connector.Secret
	OldClientSecret connector.Secret // while a secret is rotated
	AccessToken     connector.Secret // for --auth token
	CallbackURL     string
	APIVersion      string
	SandboxURL      string
}

const (
	defaultCallbackURL = "http://127.0.0.1:13388/callback"
	defaultAPIVersion  = "2026-10"
)

func addGlobalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.String("store", "", "the eshopOS store, by its `NAME`")
	flags.String("state", "", "state `FILE` (default "+defaultStatePath("~/.local/state")+")")
	flags.String("config", "", "configuration `FILE` (default eshopctl/config.yaml in the user's config folder)")
	flags.StringP("output", "o", "table", "`FORMAT`: table, json or jsonl; some know csv or html")
	flags.Bool("no-color", false, "no colour")
	flags.BoolP("quiet", "q", false, "only data and errors")
	flags.BoolP("verbose", "v", false, "say more on standard error")
	flags.Bool("no-input", false, "never ask")
}

// configure fills every flag that was not typed from the environment or the
// configuration file and then p.config from the flags.
func (p *program) configure(cmd *cobra.Command) error {
	file, err := p.readConfigFile(cmd)
	if err != nil {
		return err
	}
	p.config.StoreTyped = cmd.Flags().Changed("store")
	store := p.firstValue(cmd.Flags().Lookup("store"), file)
	settings := []*viper.Viper{file}
	if own := file.Sub("stores::" + strings.ToLower(store)); store != "" && own != nil {
		settings = []*viper.Viper{own, file}
	}
	var failed error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if text := p.firstValue(flag, settings...); !flag.Changed && text != "" {
			if err := cmd.Flags().Set(flag.Name, text); err != nil {
				failed = usage(cmd.CommandPath()+" --help", "%s: %s", envName(flag.Name), err)
			}
		}
	})
	if failed != nil {
		return failed
	}
	return p.fillConfig(cmd, file)
}

// firstValue returns the typed value of a flag, else its environment variable,
// else the first configuration that has it.
func (p *program) firstValue(flag *pflag.Flag, settings ...*viper.Viper) string {
	if flag.Changed {
		return flag.Value.String()
	}
	if text := p.env.Getenv(envName(flag.Name)); text != "" {
		return text
	}
	for _, config := range settings {
		if key := configKey(flag.Name); config.IsSet(key) {
			return config.GetString(key)
		}
	}
	return ""
}

func envName(flag string) string { return "ESHOPCTL_" + strings.ToUpper(configKey(flag)) }

func configKey(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// readConfigFile reads the configuration file. Keys are split by "::" because a
// store's name may hold dots.
func (p *program) readConfigFile(cmd *cobra.Command) (*viper.Viper, error) {
	file := viper.NewWithOptions(viper.KeyDelimiter("::"))
	path, _ := cmd.Flags().GetString("config")
	if path == "" {
		path = p.env.Getenv("ESHOPCTL_CONFIG")
	}
	named := path != ""
	if !named {
		path = filepath.Join(p.configFolder(), "config.yaml")
	}
	file.SetConfigFile(path)
	file.SetConfigType("yaml")
	if err := file.ReadInConfig(); err != nil {
		if !named && errors.Is(err, fs.ErrNotExist) {
			return file, nil
		}
		return nil, usage("eshopctl help environment", "configuration file %s: %s", path, err)
	}
	return file, checkConfigKeys(cmd.Root(), file, path)
}

// settingKeys are the keys of the configuration file that are not flags.
var settingKeys = []string{"shopify_client_id", "shopify_client_secret_file", "shopify_callback_url", "shopify_api_version", "key_file"}

func checkConfigKeys(root *cobra.Command, file *viper.Viper, path string) error {
	known := append(flagKeys(root), settingKeys...)
	for key, value := range file.AllSettings() {
		if key == "stores" {
			if err := checkStoreKeys(value, known, path); err != nil {
				return err
			}
			continue
		}
		if !slices.Contains(known, key) {
			return usage("eshopctl help environment", "configuration file %s: unknown key %q", path, key)
		}
	}
	return nil
}

func checkStoreKeys(stores any, known []string, path string) error {
	named, ok := stores.(map[string]any)
	if !ok {
		return usage("eshopctl help environment", "configuration file %s: stores must map names to settings", path)
	}
	for store, settings := range named {
		own, ok := settings.(map[string]any)
		if !ok {
			return usage("eshopctl help environment", "configuration file %s: stores: %s must hold settings", path, store)
		}
		for key := range own {
			if !slices.Contains(known, key) {
				return usage("eshopctl help environment", "configuration file %s: unknown key %q below stores: %s", path, key, store)
			}
		}
	}
	return nil
}

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

func (p *program) fillConfig(cmd *cobra.Command, file *viper.Viper) error {
	flags := cmd.Flags()
	c := &p.config
	c.Store, _ = flags.GetString("store")
	c.StatePath, _ = flags.GetString("state")
	c.Output, _ = flags.GetString("output")
	c.NoColor, _ = flags.GetBool("no-color")
	c.Quiet, _ = flags.GetBool("quiet")
	c.Verbose, _ = flags.GetBool("verbose")
	c.NoInput, _ = flags.GetBool("no-input")
	c.NoColor = c.NoColor || p.env.Getenv("NO_COLOR") != "" || p.env.Getenv("TERM") == "dumb"
	if c.StatePath == "" {
		c.StatePath = defaultStatePath(p.stateFolder())
	}
	if known := outputsOf(cmd); !slices.Contains(known, c.Output) {
		return usage(cmd.CommandPath()+" -o json", "there is no output %q for %s: it knows %s", c.Output, cmd.CommandPath(), strings.Join(known, ", "))
	}
	if c.Store != "" && !isStoreName(c.Store) {
		return usage("", "%q cannot be the name of a store: use 1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit", c.Store)
	}
	c.Key = connector.NewSecret(p.env.Getenv("ESHOPCTL_KEY"))
	c.KeyFile = p.setting(file, "key_file")
	c.KeyGiven = c.KeyFile != ""
	if !c.KeyGiven {
		c.KeyFile = filepath.Join(p.configFolder(), "key")
	}
	return p.fillShopify(file)
}

// moreOutputs is the annotation of a command that names the outputs which it
// knows besides those that all commands know.
const moreOutputs = "outputs"

func outputsOf(cmd *cobra.Command) []string {
	return append([]string{"table", "json", "jsonl"}, strings.Fields(cmd.Annotations[moreOutputs])...)
}

// askedOutput is the output that was asked for, as far as it can be told before
// anything is understood: an error about the rest is printed that way.
func askedOutput(env Env) string {
	output, next := env.Getenv(envName("output")), false
	for _, arg := range env.Args {
		long, isLong := strings.CutPrefix(arg, "--output=")
		short, isShort := strings.CutPrefix(arg, "-o")
		switch {
		case next:
			output, next = arg, false
		case arg == "--output" || arg == "-o":
			next = true
		case isLong:
			output = long
		case isShort:
			output = strings.TrimPrefix(short, "=")
		}
	}
	return output
}

func (p *program) fillShopify(file *viper.Viper) error {
	app := &p.config.Shopify
	app.ClientID = p.setting(file, "shopify_client_id")
	app.CallbackURL = p.setting(file, "shopify_callback_url")
	app.APIVersion = p.setting(file, "shopify_api_version")
	app.SandboxURL = p.env.Getenv("ESHOPCTL_SHOPIFY_URL")
	if app.CallbackURL == "" {
		app.CallbackURL = defaultCallbackURL
	}
	if app.APIVersion == "" {
		app.APIVersion = defaultAPIVersion
	}
	for name, secret := range map[string]*connector.Secret{
		"SHOPIFY_CLIENT_SECRET":     &app.ClientSecret,
		"SHOPIFY_CLIENT_SECRET_OLD": &app.OldClientSecret,
		"SHOPIFY_ACCESS_TOKEN":      &app.AccessToken,
	} {
		text, err := p.secretSetting(file, name)
		if err != nil {
			return err
		}
		*secret = connector.NewSecret(text)
	}
	return nil
}

// setting is a value of the environment, else of the configuration file.
func (p *program) setting(file *viper.Viper, key string) string {
	if text := p.env.Getenv("ESHOPCTL_" + strings.ToUpper(key)); text != "" {
		return text
	}
	return file.GetString(key)
}

// secretSetting reads ESHOPCTL_NAME, or the file that ESHOPCTL_NAME_FILE names.
func (p *program) secretSetting(file *viper.Viper, name string) (string, error) {
	if text := strings.TrimSpace(p.env.Getenv("ESHOPCTL_" + name)); text != "" {
		return text, nil
	}
	path := p.setting(file, strings.ToLower(name)+"_file")
	if path == "" {
		return "", nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return "", usage("", "ESHOPCTL_%s_FILE: %s", name, err)
	}
	return strings.TrimSpace(string(text)), nil
}

func isStoreName(name string) bool {
	const first, rest = "abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrstuvwxyz0123456789._-"
	return name != "" && len(name) <= 63 && strings.Contains(first, name[:1]) && strings.Trim(name, rest) == ""
}

func defaultStatePath(folder string) string { return filepath.Join(folder, "eshopctl", "state.db") }

// stateFolder is where programs of this user keep their state.
func (p *program) stateFolder() string {
	if folder := p.env.Getenv("XDG_STATE_HOME"); filepath.IsAbs(folder) {
		return folder
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(p.env.Getenv("HOME"), "Library", "Application Support")
	case "windows":
		return p.env.Getenv("LocalAppData")
	}
	return filepath.Join(p.env.Getenv("HOME"), ".local", "state")
}

// configFolder is this program's folder among the user's configuration.
func (p *program) configFolder() string {
	if folder := p.env.Getenv("XDG_CONFIG_HOME"); filepath.IsAbs(folder) {
		return filepath.Join(folder, "eshopctl")
	}
	switch runtime.GOOS {
	case "darwin":
		return filepath.Join(p.env.Getenv("HOME"), "Library", "Application Support", "eshopctl")
	case "windows":
		return filepath.Join(p.env.Getenv("AppData"), "eshopctl")
	}
	return filepath.Join(p.env.Getenv("HOME"), ".config", "eshopctl")
}
