package cmd

import (
	"cmp"
	"context"
	"strings"

	"github.com/spf13/viper"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
)

// App is the operator's app at a provider as the settings describe it. Empty fields
// mean that the stored connector decides.
type App struct {
	ClientID        string
	ClientSecret    connector.Secret
	OldClientSecret connector.Secret // while a secret is rotated
	AccessToken     connector.Secret // for --auth token
	CallbackURL     string
	APIVersion      string
	SandboxURL      string
}

const defaultCallbackURL = "http://127.0.0.1:13388/callback"

// The settings of an app, by which each provider has variables and keys of its own.
const (
	clientID     = "CLIENT_ID"
	clientSecret = "CLIENT_SECRET"
	oldSecret    = "CLIENT_SECRET_OLD"
	accessToken  = "ACCESS_TOKEN"
	callbackURL  = "CALLBACK_URL"
	apiVersion   = "API_VERSION"
	sandboxURL   = "URL"

	inFile = "_FILE" // ends the name of a setting whose value is the file of another
)

// keys are the settings of the providers' apps that the configuration file may have.
func (all platforms) keys() (keys []string) {
	for _, of := range all {
		for _, setting := range []string{clientID, clientSecret + inFile, callbackURL, apiVersion} {
			keys = append(keys, of.Key(setting))
		}
	}
	return keys
}

// secretVariables are the variables that hold a secret of an app.
func (all platforms) secretVariables() (names []string) {
	for _, of := range all {
		for _, setting := range []string{clientSecret, oldSecret, accessToken} {
			names = append(names, of.Variable(setting))
		}
	}
	return names
}

func (p *program) fillApps(ctx context.Context, file *viper.Viper) error {
	p.config.Apps = map[string]App{}
	for _, of := range p.platforms {
		app, err := p.appOf(ctx, of.Platform, file)
		if err != nil {
			return err
		}
		p.config.Apps[of.Name] = app
	}
	return nil
}

func (p *program) appOf(ctx context.Context, of connector.Platform, file *viper.Viper) (App, error) {
	app := App{
		ClientID:    strings.TrimSpace(p.setting(file, of.Key(clientID))),
		CallbackURL: cmp.Or(p.setting(file, of.Key(callbackURL)), defaultCallbackURL),
		APIVersion:  cmp.Or(p.setting(file, of.Key(apiVersion)), of.Versions.Asked),
		SandboxURL:  p.env.Getenv(of.Variable(sandboxURL)),
	}
	if !of.Versions.Known(app.APIVersion) {
		return app, usage.Fault(connector.Shell("unset", of.Variable(apiVersion)).Next(), "%.40q is no API version such as %s%s", app.APIVersion, of.Versions.Asked, p.whence(of.Key(apiVersion)))
	}
	for setting, secret := range map[string]*connector.Secret{clientSecret: &app.ClientSecret, oldSecret: &app.OldClientSecret, accessToken: &app.AccessToken} {
		text, err := p.secretSetting(ctx, file, of, setting)
		if err != nil {
			return app, err
		}
		*secret = connector.NewSecret(text)
	}
	return app, nil
}

// forConnecting is the app as the connection of stores takes it.
func (a App) forConnecting() connector.App {
	return connector.App{ClientID: a.ClientID, Secret: a.ClientSecret, OldSecret: a.OldClientSecret, CallbackURL: a.CallbackURL}
}
