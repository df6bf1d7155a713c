package health

import (
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// liveConnector is a connector with nothing to complain about on that day.
func liveConnector(now time.Time) connector.Connector {
	return connector.Connector{
		Store: "main", Provider: "shopify", State: connector.Live, Attached: true, Domain: "tea.myshopify.com",
		Scopes: []string{"read_products", "read_inventory", "read_locations"}, Requested: []string{"read_products", "read_inventory", "read_locations"},
		APIVersion: "2026-10", Token: connector.TokenInfo{Kind: connector.Expiring, RefreshExpiresAt: now.AddDate(0, 3, 0)},
	}
}

func TestSuggestions(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	imported := func(status importer.Status) *importer.Run {
		return &importer.Run{ID: "20261124-1000-aaaa", Kind: importer.KindImport, Store: "main", Status: status, StartedAt: now.Add(-2 * time.Hour)}
	}
	old := map[connector.Resource]Freshness{}
	for _, resource := range connector.Resources() {
		old[resource] = Freshness{AsOf: now.AddDate(0, 0, -3)}
	}
	for name, c := range map[string]struct {
		change func(*connector.Connector, *Facts)
		want   []string // beginnings of the commands, in order
	}{
		"never imported":  {func(*connector.Connector, *Facts) {}, []string{"eshopctl import preview"}},
		"previewed":       {func(_ *connector.Connector, f *Facts) { f.LastPreview = imported(importer.Succeeded) }, []string{"eshopctl runs changes", "eshopctl import run --store main 20261124-1000-aaaa"}},
		"disconnected":    {func(c *connector.Connector, _ *Facts) { c.State = connector.Inactive }, []string{"eshopctl connect"}},
		"partial and old": {func(_ *connector.Connector, f *Facts) { f.LastRun, f.Freshness = imported(importer.Partial), old }, []string{"eshopctl runs warnings", "eshopctl import run"}},
		"a scope is gone": {func(c *connector.Connector, f *Facts) {
			c.Scopes, f.LastRun, f.Freshness = c.Scopes[:1], imported(importer.Failed), old
		}, []string{"eshopctl connect shopify --store main --shop tea.myshopify.com", "eshopctl runs show", "eshopctl import run"}},
		"everything is wrong": {func(_ *connector.Connector, f *Facts) {
			f.Trouble, f.LastRun, f.Freshness = "no route", imported(importer.Interrupted), old
		}, []string{"eshopctl doctor", "eshopctl status --store main --probe", "eshopctl runs show"}},
		"the token ends":       {func(c *connector.Connector, _ *Facts) { c.Token.RefreshExpiresAt = now.Add(time.Hour) }, []string{"eshopctl connect", "eshopctl import preview"}},
		"the API version ends": {func(c *connector.Connector, _ *Facts) { c.APIVersion = "2025-10" }, []string{"eshopctl version", "eshopctl import preview"}},
	} {
		facts := Facts{Connector: liveConnector(now), Now: now, MaxAge: 24 * time.Hour, PlanAge: 24 * time.Hour}
		c.change(&facts.Connector, &facts)
		suggestions := Suggestions(facts)
		if len(suggestions) != len(c.want) {
			t.Errorf("%s: %v", name, suggestions)
			continue
		}
		for i, s := range suggestions {
			if s.Text == "" || !strings.HasPrefix(s.Command, c.want[i]) {
				t.Errorf("%s: %q: %q, want %q", name, s.Text, s.Command, c.want[i])
			}
		}
		if LightsOf(facts).AllGreen() {
			t.Errorf("%s: all lights are green", name)
		}
	}
}

func TestOutlook(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		kind connector.TokenKind
		auth connector.Auth
		want string
	}{
		{connector.Expiring, connector.Browser, "renews itself with every use; connect again if it is not used until 2027-02-24"},
		{connector.Permanent, connector.Browser, "does not end by itself; Shopify refuses such tokens of public apps from 2027-01-01 on"},
		{connector.Permanent, connector.AdminToken, "does not end by itself; the merchant can take it away in the shop's admin"},
		{connector.FromSecrets, connector.ClientCredentials, "renews itself with the client secret of the app"},
	} {
		record := liveConnector(now)
		record.Token.Kind, record.Auth = c.kind, c.auth
		if c.kind != connector.Expiring {
			record.Token.RefreshExpiresAt = time.Time{}
		}
		if got := Outlook(record); got != c.want {
			t.Errorf("%s by %s: %q", c.kind, c.auth, got)
		}
	}
}
