package facts

import (
	"context"
	"slices"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/settings"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
	"github.com/eshopos/eshopctl/importer/job"
)

// Known is what is known of a connector without looking into the state file.
func Known(p *access.Access, c connector.Connector) health.Facts {
	return health.Facts{
		Connector: c, Now: p.Face.Env.Now(), App: appAt(p, c.Platform), Ages: p.Face.Settings.AgesOf(c.Store), PlanAge: PlanAge,
		Freshness: map[connector.Resource]importer.Freshness{},
	}
}

// appAt is the app at a provider as the settings describe it.
func appAt(p *access.Access, of connector.Platform) health.App {
	app := p.Face.Settings.Apps[of.Name]
	return health.App{
		ClientID: app.ClientID, HasSecret: !app.ClientSecret.IsZero(), CallbackURL: app.CallbackURL,
		APIVersion: app.APIVersion, ChosenAPI: app.APIVersion != of.Versions.Asked, SandboxURL: app.SandboxURL,
		ForgetID: unsetting(p, of.Variable(settings.ClientIDSetting)), ForgetAPI: unsetting(p, of.Variable(settings.APIVersionSetting)),
	}
}

// unsetting is the command that takes a variable out of the environment of a shell,
// none when it is not set there.
func unsetting(p *access.Access, variable string) connector.Command {
	if p.Face.Env.Getenv(variable) == "" {
		return connector.Command{}
	}
	return connector.Shell("unset", variable)
}

// AddRuns adds what the state file tells of imports and of the age of their data.
func AddRuns(ctx context.Context, db access.StateFile, facts *health.Facts) error {
	c := facts.Connector
	var err error
	if facts.LastPreview, err = db.LastRun(ctx, c.ID(), importer.KindPreview); err != nil {
		return err
	}
	if facts.LastRun, err = db.LastRun(ctx, c.ID(), importer.KindImport); err != nil {
		return err
	}
	facts.Freshness, err = db.Freshness(ctx, c)
	return err
}

// ExplainStock is the stock of a SKU from the shop to its rows.
func ExplainStock(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector, sku string) ([]checking.Explanation, error) {
	shop, err := p.ShopOf(db, c, access.Approach{})
	if err != nil {
		return nil, err
	}
	return job.ExplainStock(ctx, db, shop, c, sku)
}

// AtWork leaves out the stores that were disconnected on purpose.
func AtWork(p *access.Access, all []connector.Connector) []connector.Connector {
	return slices.DeleteFunc(all, func(c connector.Connector) bool {
		gone := c.Reason == connector.Disconnected
		if gone {
			p.Face.Note("%s is left out: it was disconnected on purpose", c.Store)
		}
		return gone
	})
}

// PlanAge is how old a plan may be unless somebody chose.
const PlanAge = 24 * time.Hour
