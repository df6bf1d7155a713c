package settings

import (
	"context"
	"strings"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// secretSetting reads the variable of a provider's setting, or the file that the one
// ending with _FILE names.
func (s *Source) secretSetting(ctx context.Context, of connector.Platform, setting string) (string, error) {
	if text := strings.TrimSpace(s.Env.Getenv(of.Variable(setting))); text != "" {
		return text, nil
	}
	key := of.Key(setting + inFile)
	path := s.setting(key)
	if path == "" {
		return "", nil
	}
	if err := usage.CheckPath(s.placeOf(key), path, s.line().Again().After("name a file: ")); err != nil {
		return "", err
	}
	read, err := s.Files.Read(ctx, path)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var text string
	if err == nil {
		text, err = SecretOf(read.Text)
	}
	if err != nil {
		return "", usage.Fault(s.line().Again().After("put the file right: "), "%s: %s: %s", s.placeOf(key), path, err)
	}
	return text, nil
}

// CheckSecrets refuses secrets of the environment that cannot be right: files of
// variables keep the quotes that were written into them.
func (s *Source) CheckSecrets() error {
	for _, name := range SecretVariables(s.Platforms) {
		text := strings.TrimSpace(s.Env.Getenv(name))
		if text == "" {
			continue
		}
		if _, err := SecretOf([]byte(text)); err != nil {
			return usage.Fault(s.line().Again().After("put it right: "), "%s: %s", name, err)
		}
	}
	return nil
}

// SecretOf is the token or client secret in a text that was written for it alone. The
// error does not hold it.
func SecretOf(text []byte) (string, error) {
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

// placeOf is where a setting that is no flag was made: the variable, or the key of
// the configuration file.
func (s *Source) placeOf(key string) string {
	if name := Variable(key); s.Env.Getenv(name) != "" {
		return name
	}
	if line := s.text.line("", key); line != "" {
		return key + " in " + line
	}
	return key
}

// line is the command as it was typed.
func (s *Source) line() usage.Line { return s.Env.Args }
