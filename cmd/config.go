package cmd

import (
	"cmp"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// Config is what flags, environment and configuration file came to, in that
// order of precedence. Commands read it and never ask viper.
type Config struct {
	Store      string // "" when none was given
	StoreTyped bool   // with the command, not in the environment or configuration
	StatePath  string // "" when it is not known where state lies
	Ages       health.Ages
	AgesOf     map[string]health.Ages // of stores that have some of their own
	TempDir    string                 // "" when none was named
	Output     string                 // table, json or jsonl
	NoColor    bool
	Quiet      bool
	Verbose    bool
	NoInput    bool
	Apps       map[string]App   // by provider
	Key        connector.Secret // ESHOPCTL_KEY
	KeyFile    string           // ESHOPCTL_KEY_FILE, or the default path; "" when that is not known
	KeyGiven   bool             // the key file was named by the operator
}

func addGlobalFlags(root *cobra.Command) {
	flags := root.PersistentFlags()
	flags.String("store", "", "the eshopOS store, by its `NAME`")
	flags.String("state", "", "state `FILE` (default "+defaultStatePath("~/.local/state")+")")
	flags.String("config", "", "configuration `FILE` (default eshopctl/config.yaml in the user's config folder)")
	flags.StringP("output", "o", "table", "`FORMAT`: table, json or jsonl; some know csv or html")
	flags.Bool("no-color", false, "no colour")
	flags.BoolP("quiet", "q", false, "the one line that matters; lists and JSON stay whole")
	flags.BoolP("verbose", "v", false, "say more on standard error")
	flags.Bool("no-input", false, "never ask")
	flags.String("temp-dir", "", "`DIR` for temporary files (default beside the state file)")
	usage.AddPeriod(flags, new(time.Duration), "patience", connector.DefaultPatience, "how much `TIME` to wait while nothing goes on")
}

// configure fills every flag that was not typed from the environment or the
// configuration file and then p.config from the flags.
func (p *program) configure(cmd *cobra.Command, args []string) error {
	if err := p.refuseEmpty(cmd, args); err != nil {
		return err
	}
	file, err := p.readConfigFile(cmd)
	if err != nil {
		return err
	}
	p.typedKeys = map[string]bool{}
	cmd.Flags().Visit(func(flag *pflag.Flag) { p.typedKeys[configKey(flag.Name)] = true })
	p.config.StoreTyped = cmd.Flags().Changed("store")
	if err := p.fillAges(typedOf(cmd, "max-age", "error-age"), file); err != nil {
		return err
	}
	p.settings = file
	if err := p.fillFlags(cmd, p.settingsFor(cmd, args, file)...); err != nil {
		return err
	}
	return p.fillConfig(cmd, file)
}

// fillFlags fills every flag that was not typed from the environment, else from the
// first settings that have it.
func (p *program) fillFlags(cmd *cobra.Command, files ...*viper.Viper) error {
	var failed error
	cmd.Flags().VisitAll(func(flag *pflag.Flag) {
		if flag.Annotations[onlyTyped] != nil {
			return
		}
		if text := p.firstValue(flag, files...); !flag.Changed && text != "" {
			if err := cmd.Flags().Set(flag.Name, text); err != nil {
				wanted, _ := usage.WantedValue(flag, text)
				failed = usage.Fault(usage.SeeHelp(cmd), "%s: %.80q is %s", p.origin(flag.Name, p.file.store), text, wanted)
			}
		}
	})
	if failed != nil {
		return failed
	}
	return usage.CheckAmounts(cmd)
}

// settingsFor are the settings that count for a command, those of its store first.
func (p *program) settingsFor(cmd *cobra.Command, args []string, file *viper.Viper) []*viper.Viper {
	if !file.IsSet("stores") {
		return []*viper.Viper{file}
	}
	store := p.firstValue(cmd.Flags().Lookup("store"), file)
	if store == "" {
		store = p.impliedStore(cmd, args, file)
	}
	p.file.store = store
	return settingsOf(file, store)
}

// settingsOf are the settings that count for a store, its own first.
func settingsOf(file *viper.Viper, store string) []*viper.Viper {
	own := file.Sub("stores::" + strings.ToLower(store))
	if store == "" || own == nil {
		return []*viper.Viper{file}
	}
	return []*viper.Viper{own, file}
}

// impliedStore is the store of a command that names none: the only one that there
// is, or that of the run which is its argument; "" when it is not known yet.
func (p *program) impliedStore(cmd *cobra.Command, args []string, file *viper.Viper) string {
	path := p.firstValue(cmd.Flags().Lookup("state"), file)
	if folder := p.stateFolder(); path == "" && folder != "" {
		path = defaultStatePath(folder)
	}
	if path == "" {
		return ""
	}
	db, err := p.lookInto(cmd.Context(), path)
	if err != nil {
		return "" // the command itself will say so
	}
	defer db.Close()
	if all, err := db.Connectors(cmd.Context()); err == nil && len(all) == 1 {
		return all[0].Store
	}
	if len(args) == 1 {
		if run, err := db.Run(cmd.Context(), "", args[0]); err == nil {
			return run.Store
		}
	}
	return ""
}

// firstValue returns the typed value of a flag, else its environment variable,
// else the first configuration that has it.
func (p *program) firstValue(flag *pflag.Flag, settings ...*viper.Viper) string {
	if flag.Changed {
		return flag.Value.String()
	}
	return p.settingOf(flag.Name, settings...)
}

// settingOf is what is set for a flag in the environment, else in the first
// configuration that has it.
func (p *program) settingOf(flag string, settings ...*viper.Viper) string {
	if text := p.env.Getenv(envName(flag)); text != "" {
		return text
	}
	for _, config := range settings {
		if key := configKey(flag); config.IsSet(key) {
			return config.GetString(key)
		}
	}
	return ""
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

func envName(flag string) string { return "ESHOPCTL_" + strings.ToUpper(configKey(flag)) }

func configKey(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

func (p *program) fillConfig(cmd *cobra.Command, file *viper.Viper) error {
	flags := cmd.Flags()
	c := &p.config
	c.Store, _ = flags.GetString("store")
	c.StatePath, _ = flags.GetString("state")
	c.TempDir, _ = flags.GetString("temp-dir")
	c.Output, _ = flags.GetString("output")
	c.NoColor, _ = flags.GetBool("no-color")
	c.Quiet, _ = flags.GetBool("quiet")
	c.Verbose, _ = flags.GetBool("verbose")
	c.NoInput, _ = flags.GetBool("no-input")
	if err := p.beginPatience(flags); err != nil {
		return err
	}
	c.NoColor = c.NoColor || p.env.Getenv("NO_COLOR") != "" || p.env.Getenv("TERM") == "dumb"
	if err := usage.CheckPath("--state", c.StatePath, usage.Again("--state", "FILE")); err != nil {
		return err
	}
	if folder := p.stateFolder(); c.StatePath == "" && folder != "" {
		c.StatePath = defaultStatePath(folder)
	}
	if known := usage.Outputs(cmd); !slices.Contains(known, c.Output) {
		return usage.Fault(usage.Again("-o", cmp.Or(spelling.Nearest(c.Output, known), "json")), "there is no output %q for %s: it knows %s%s", c.Output, cmd.CommandPath(), strings.Join(known, ", "), p.whence("output"))
	}
	if c.Store != "" && !connector.IsStoreName(c.Store) {
		return usage.Fault(nil, "%.80q cannot be the name of a store: use 1 to 63 of a-z, 0-9, dot, underscore and hyphen, beginning with a letter or digit%s", c.Store, p.whence("store"))
	}
	c.Key = connector.NewSecret(p.env.Getenv("ESHOPCTL_KEY"))
	c.KeyFile = p.setting(file, "key_file")
	c.KeyGiven = c.KeyFile != ""
	if err := usage.CheckPath(p.settingName("key_file"), c.KeyFile, p.typed().Again().After("name a file: ")); err != nil {
		return err
	}
	if folder := p.configFolder(); !c.KeyGiven && folder != "" {
		c.KeyFile = filepath.Join(folder, "key")
	}
	return p.fillApps(cmd.Context(), file)
}

// askedOutput is the output that was asked for, as far as it can be told before
// anything is understood: an error about the rest is printed that way.
func askedOutput(env terminal.Env) string {
	output, next := env.Getenv(envName("output")), false
	for _, arg := range env.Args {
		long, isLong := strings.CutPrefix(arg, "--output=")
		short, isShort := shortOutput(arg)
		switch {
		case next:
			output, next = arg, false
		case arg == "--output" || isShort && short == "":
			next = true
		case isLong:
			output = long
		case isShort:
			output = strings.TrimPrefix(short, "=")
		}
	}
	return output
}

// shortOutput is what follows -o in a word, which may stand behind other letters:
// -qo json.
func shortOutput(word string) (rest string, found bool) {
	letters, isShort := strings.CutPrefix(word, "-")
	before, rest, found := strings.Cut(letters, "o")
	return rest, isShort && found && strings.Trim(before, "qvyh") == ""
}

// setting is a value of the environment, else of the configuration file.
func (p *program) setting(file *viper.Viper, key string) string {
	if text := p.env.Getenv("ESHOPCTL_" + strings.ToUpper(key)); text != "" {
		return text
	}
	return file.GetString(key)
}
