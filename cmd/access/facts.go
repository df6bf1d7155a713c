package access

import (
	"context"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/facts"
	"github.com/eshopos/eshopctl/importer/job"
)

// Facts gathers what there is to know about this machine and the stores.
func (p *Access) Facts() *facts.Gatherer {
	return &facts.Gatherer{
		Settings: p.factSettings(), Shops: factShops{p},
		Open:       func(ctx context.Context) (facts.State, error) { return p.OpenToLook(ctx) },
		OpenBeside: func(ctx context.Context) (facts.StateHandle, error) { return p.OpenBeside(ctx) },
		LeftOut:    p.NoteLeftOut, Classify: exit.FaultOf, Now: p.Face.Env.Now,
	}
}

// NoteLeftOut says that a store is passed over.
func (p *Access) NoteLeftOut(c connector.Connector) {
	p.Face.Note("%s is left out: it was disconnected on purpose", c.Store)
}

func (p *Access) factSettings() facts.Settings {
	callback := p.Platforms.Usual().Variable(settings.CallbackURLSetting)
	return facts.Settings{
		Choice: p.ChosenStore(), StatePath: p.Face.Settings.StatePath, Temp: p.TempFolder(), KeyFile: p.KeyFile,
		App: p.appAt, Ages: p.Face.Settings.AgesOf, Getenv: p.Face.Env.Getenv,
		CallbackVariable: callback, ForgetCallback: p.unsetCommand(callback),
	}
}

// appAt is the app at a provider as the settings describe it.
func (p *Access) appAt(of connector.Platform) health.App {
	app := p.Face.Settings.Apps[of.Name]
	return health.App{
		ClientID: app.ClientID, HasSecret: !app.ClientSecret.IsZero(), CallbackURL: app.CallbackURL,
		APIVersion: app.APIVersion, ChosenAPI: app.APIVersion != of.Versions.Asked, SandboxURL: app.SandboxURL,
		ForgetID: p.unsetCommand(of.Variable(settings.ClientIDSetting)), ForgetAPI: p.unsetCommand(of.Variable(settings.APIVersionSetting)),
	}
}

// unsetCommand is the command that takes a variable out of the environment of a shell,
// none when it is not set there.
func (p *Access) unsetCommand(variable string) connector.Command {
	if p.Face.Env.Getenv(variable) == "" {
		return connector.Command{}
	}
	return connector.Shell("unset", variable)
}

// factShops are the shops that facts are asked of.
type factShops struct{ access *Access }

// Provider connects stores to shops of the provider of that name.
func (s factShops) Provider(name string) (connector.Provider, error) {
	return s.access.ProviderNamed(name)
}

// Shop is the shop of a connector, to be read.
func (s factShops) Shop(db facts.State, c connector.Connector) (job.Shop, error) {
	return s.access.ShopOf(db, c, Approach{})
}
