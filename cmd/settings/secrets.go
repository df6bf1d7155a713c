package settings

import (
	"context"
	"strings"

	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// The settings of an app that are secrets.
const (
	clientSecret = "CLIENT_SECRET"
	oldSecret    = "CLIENT_SECRET_OLD"
	accessToken  = "ACCESS_TOKEN"

	inFile = "_FILE" // ends the name of a setting whose value is the file of another
)

// SecretVariables are the variables that hold a secret of an app.
func SecretVariables(all connector.Platforms) (names []string) {
	for _, of := range all {
		for _, setting := range []string{clientSecret, oldSecret, accessToken} {
			names = append(names, of.Variable(setting))
		}
	}
	return names
}

// readSecret reads the variable of a provider's setting, or the file that the one
// ending with _FILE names.
func readSecret(ctx context.Context, l layers, files *given.Files, of connector.Platform, setting string) (string, error) {
	if text := strings.TrimSpace(l.env.Getenv(of.Variable(setting))); text != "" {
		return text, nil
	}
	key := of.Key(setting + inFile)
	path := l.setting(key)
	if path == "" {
		return "", nil
	}
	if err := usage.CheckPath(l.placeOf(key), path, l.line().Again().After("name a file: ")); err != nil {
		return "", err
	}
	read, err := files.Read(ctx, path)
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	var text string
	if err == nil {
		text, err = SecretOf(read.Text)
	}
	if err != nil {
		return "", usage.Fault(l.line().Again().After("put the file right: "), "%s: %s: %s", l.placeOf(key), path, err)
	}
	return text, nil
}

// CheckSecrets refuses secrets in the environment that cannot be right, such as one in
// quotes, which some readers of env files keep.
func CheckSecrets(env terminal.Env, all connector.Platforms) error {
	for _, name := range SecretVariables(all) {
		text := strings.TrimSpace(env.Getenv(name))
		if text == "" {
			continue
		}
		if _, err := SecretOf([]byte(text)); err != nil {
			return usage.Fault(usage.Line(env.Args).Again().After("put it right: "), "%s: %s", name, err)
		}
	}
	return nil
}

// SecretOf is the token or client secret in a text that holds nothing else. The error does
// not repeat it.
func SecretOf(text []byte) (string, error) {
	line, err := given.Line(text)
	if err != nil {
		return "", err
	}
	if flaw := connector.NewSecret(line).Flaw(); flaw != "" {
		return "", secretFlaw(flaw)
	}
	return line, nil
}

// secretFlaw is the error for a text that holds something that no secret has.
type secretFlaw string

func (h secretFlaw) Error() string { return "it holds " + string(h) + ", which no token or secret has" }
