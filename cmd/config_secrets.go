package cmd

import (
	"context"
	"strings"

	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// secretSetting reads the variable of a provider's setting, or the file that the one
// ending with _FILE names.
func (p *program) secretSetting(ctx context.Context, file *viper.Viper, of connector.Platform, setting string) (string, error) {
	if text := strings.TrimSpace(p.env.Getenv(of.Variable(setting))); text != "" {
		return text, nil
	}
	key := of.Key(setting + inFile)
	path := p.setting(file, key)
	if path == "" {
		return "", nil
	}
	if err := usage.CheckPath(p.settingName(key), path, p.typed().Again().After("name a file: ")); err != nil {
		return "", err
	}
	read, err := p.files.Read(ctx, path)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var text string
	if err == nil {
		text, err = secretOf(read.Text)
	}
	if err != nil {
		return "", usage.Fault(p.typed().Again().After("put the file right: "), "%s: %s: %s", p.settingName(key), path, err)
	}
	return text, nil
}

// checkSecretVariables refuses secrets of the environment that cannot be right: files of
// variables keep the quotes that were written into them.
func (p *program) checkSecretVariables() error {
	for _, name := range p.platforms.secretVariables() {
		text := strings.TrimSpace(p.env.Getenv(name))
		if text == "" {
			continue
		}
		if _, err := secretOf([]byte(text)); err != nil {
			return usage.Fault(p.typed().Again().After("put it right: "), "%s: %s", name, err)
		}
	}
	return nil
}

// secretOf is the token or client secret in a text that was written for it alone. The
// error does not hold it.
func secretOf(text []byte) (string, error) {
	line, err := given.Line(text)
	if err != nil {
		return "", err
	}
	if flaw := connector.NewSecret(line).Flaw(); flaw != "" {
		return "", holds(flaw)
	}
	return line, nil
}

// holds is what a secret must not hold.
type holds string

func (h holds) Error() string { return "it holds " + string(h) + ", which no token or secret has" }

// settingName is where a setting that is no flag was made: the variable, or the key of
// the configuration file.
func (p *program) settingName(key string) string {
	if name := "ESHOPCTL_" + strings.ToUpper(key); p.env.Getenv(name) != "" {
		return name
	}
	if line := p.file.line("", key); line != "" {
		return key + " in " + line
	}
	return key
}
