package settings

import (
	"cmp"
	"context"
	"strings"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
)

// App is the operator's app at a provider, from the settings. For empty fields the stored
// connector counts.
type App struct {
	ClientID        string
	ClientSecret    connector.Secret
	OldClientSecret connector.Secret // while a secret is rotated
	AccessToken     connector.Secret // for --auth token
	CallbackURL     string
	APIVersion      string
	SandboxURL      string
}

// DefaultCallbackURL is where connect listens by default.
const DefaultCallbackURL = "http://127.0.0.1:13388/callback"

// The settings of an app. Each provider has variables and keys of its own for them.
const (
	ClientIDSetting    = "CLIENT_ID"
	CallbackURLSetting = "CALLBACK_URL"
	APIVersionSetting  = "API_VERSION"
	sandboxURL         = "URL"
)

// appKeys are the keys of the providers' apps in the configuration file.
func appKeys(all connector.Platforms) (keys []string) {
	for _, of := range all {
		for _, setting := range []string{ClientIDSetting, clientSecret + inFile, CallbackURLSetting, APIVersionSetting} {
			keys = append(keys, of.Key(setting))
		}
	}
	return keys
}

// readApps reads the settings of the operator's app at each provider.
func readApps(ctx context.Context, l layers, files *given.Files, all connector.Platforms) (map[string]App, error) {
	apps := map[string]App{}
	for _, of := range all {
		app, err := readApp(ctx, l, files, of)
		if err != nil {
			return nil, err
		}
		apps[of.Name] = app
	}
	return apps, nil
}

func readApp(ctx context.Context, l layers, files *given.Files, of connector.Platform) (App, error) {
	app := App{
		ClientID:    strings.TrimSpace(l.setting(of.Key(ClientIDSetting))),
		CallbackURL: cmp.Or(l.setting(of.Key(CallbackURLSetting)), DefaultCallbackURL),
		APIVersion:  cmp.Or(l.setting(of.Key(APIVersionSetting)), of.Versions.Asked),
		SandboxURL:  l.env.Getenv(of.Variable(sandboxURL)),
	}
	if !of.Versions.Known(app.APIVersion) {
		return app, usage.Fault(connector.Shell("unset", of.Variable(APIVersionSetting)).Next(),
			"%.40q is no API version such as %s%s", app.APIVersion, of.Versions.Asked, l.whence(of.Key(APIVersionSetting)))
	}
	for _, secret := range []struct { // in this order: the first bad one is reported
		setting string
		into    *connector.Secret
	}{{clientSecret, &app.ClientSecret}, {oldSecret, &app.OldClientSecret}, {accessToken, &app.AccessToken}} {
		text, err := readSecret(ctx, l, files, of, secret.setting)
		if err != nil {
			return app, err
		}
		*secret.into = connector.NewSecret(text)
	}
	return app, nil
}

// ForConnecting is the app as connecting a store needs it.
func (a App) ForConnecting() connector.App {
	return connector.App{ClientID: a.ClientID, Secret: a.ClientSecret, OldSecret: a.OldClientSecret, CallbackURL: a.CallbackURL}
}
