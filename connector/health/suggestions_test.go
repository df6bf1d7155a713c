package health

import (
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// stored are the facts that status has: nothing was asked of the shop or of the
// machine.
func stored(f Facts) Facts {
	if f.Answer != nil && f.Answer.Before.Trouble != "" {
		f.Connector = f.Answer.Before
	}
	f.Machine, f.Answer, f.Contents, f.Key, f.SKU, f.ShopClock = nil, nil, nil, nil, nil, time.Time{}
	return f
}

// What status suggests: the cause first, and nothing for what only follows from it.
func TestSuggestions(t *testing.T) {
	previewed := func(f *Facts) {
		f.LastPreview = &importer.Run{ID: "20261124-1100-bbbb", Kind: importer.KindPreview, Status: importer.Succeeded, StartedAt: today.Add(-time.Hour)}
	}
	for name, c := range map[string]struct {
		codes []string
		more  func(*Facts)
		want  []string // beginnings of the commands, in order
	}{
		"never imported":       {[]string{"no_import"}, nil, []string{"import preview", "import run --store main"}},
		"previewed":            {[]string{"no_import"}, previewed, []string{"runs changes", "import run --store main 20261124-1100-bbbb"}},
		"never connected":      {[]string{"no_import", "never_connected"}, nil, []string{"connect"}},
		"partial and old":      {[]string{"run_partial", "rather_old"}, nil, []string{"runs warnings", "import run"}},
		"a scope is gone":      {[]string{"scope_missing", "run_failed", "rather_old"}, nil, []string{"connect madeup --store main --shop tea@market", "connect madeup --store main --shop tea@market --only"}},
		"everything is wrong":  {[]string{"contact_was_bad", "run_interrupted", "too_old"}, nil, []string{"doctor", "status --probe --store main"}},
		"the token ends":       {[]string{"token_ends", "no_import"}, nil, []string{"connect", "import preview", "import run"}},
		"the API version ends": {[]string{"version_ends"}, nil, []string{"status --probe"}},
		"an import is at work": {[]string{"run_at_work"}, nil, []string{"runs show"}},
		"a read of the future": {[]string{"from_the_future"}, nil, []string{"import run"}},
		"a name mistyped":      {[]string{"never_connected"}, func(f *Facts) { f.Meant = "mian" }, []string{"status --store mian", "connect"}},
		"the first attempt": {[]string{"attempt_wrong_shop"}, func(f *Facts) { f.Connector.Generation = 0 },
			[]string{"connect", "disconnect madeup --store main", "doctor"}},
		"an attempt too many": {[]string{"attempt_wrong_shop"}, func(f *Facts) { f.Connector.State, f.Connector.Reason = connector.Live, "" },
			[]string{"status --probe", "connect"}},
		"the last attempt hung": {[]string{"attempt_timeout"}, nil, []string{"connect", "doctor"}},
	} {
		facts := wellFacts()
		for _, code := range c.codes {
			scenes[code](&facts)
		}
		if c.more != nil {
			c.more(&facts)
		}
		examined := Examine(stored(facts), Examination{})
		suggestions := examined.Suggestions()
		if len(suggestions) != len(c.want) {
			t.Errorf("%s: %v", name, suggestions)
			continue
		}
		for i, s := range suggestions {
			if s.Text == "" || !strings.HasPrefix(lineOf(s.Commands), c.want[i]) {
				t.Errorf("%s: %q: %q, want %q", name, s.Text, lineOf(s.Commands), c.want[i])
			}
		}
		if examined.Lights().AllGreen() {
			t.Errorf("%s: all lights are green", name)
		}
	}
}

func TestOutlook(t *testing.T) {
	for _, c := range []struct {
		kind connector.TokenKind
		auth connector.Auth
		want string
	}{
		{connector.Expiring, connector.Browser, "renews itself with every use; connect again if it is not used until 2027-02-24"},
		{connector.Permanent, connector.Browser, "does not end by itself; Market refuses words of strangers from 2031-05-01 on"},
		{connector.Permanent, connector.AdminToken, "does not end by itself; the merchant can take it away in the shop's admin"},
		{connector.FromSecrets, connector.ClientCredentials, "renews itself with the client secret of the app"},
	} {
		record := wellFacts().Connector
		record.Token.Kind, record.Auth = c.kind, c.auth
		if c.kind != connector.Expiring {
			record.Token.RefreshExpiresAt = time.Time{}
		}
		if got := Outlook(record); got != c.want {
			t.Errorf("%s by %s: %q", c.kind, c.auth, got)
		}
	}
}

// The colours of the age of data, with limits of all kinds.
func TestAges(t *testing.T) {
	hours := func(n int) time.Time { return today.Add(-time.Duration(n) * time.Hour) }
	stockSooner := UsualAges()
	stockSooner.Warn.Of = map[connector.Resource]time.Duration{connector.Stock: time.Hour}
	stockSooner.Fail.Of = map[connector.Resource]time.Duration{connector.Stock: 3 * time.Hour}
	for name, c := range map[string]struct {
		ages        Ages
		rest, stock time.Time
		want        Light
		says        string
	}{
		"fresh":              {UsualAges(), hours(23), hours(1), Green, ""},
		"a day":              {UsualAges(), hours(25), hours(1), Yellow, "products older than 24h"},
		"a week":             {UsualAges(), hours(25), hours(169), Red, "stock older than 7d"},
		"a limit of its own": {stockSooner, hours(23), hours(2), Yellow, "stock older than 1h"},
		"an end of its own":  {stockSooner, hours(23), hours(4), Red, "stock older than 3h"},
		"a moment ahead":     {UsualAges(), hours(1), today.Add(30 * time.Second), Green, ""},
		"in the future":      {UsualAges(), hours(1), today.Add(2 * time.Minute), Yellow, "stock read in the future, so the clock here is or was wrong"},
		"future and old":     {UsualAges(), hours(200), today.Add(2 * time.Minute), Red, "products older than 7d"},
	} {
		facts := wellFacts()
		facts.Ages = c.ages
		facts.readAt(c.rest)
		facts.Freshness[connector.Stock] = importer.Freshness{AsOf: c.stock}
		examined := Examine(stored(facts), Examination{})
		why, _ := examined.Why(DataAgeLamp)
		if got := examined.Lights().DataAge; got != c.want || why.Detail != c.says {
			t.Errorf("%s: %s, %q", name, got, why.Detail)
		}
	}
}
