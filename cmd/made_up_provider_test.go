package cmd

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/link"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/testdata/madeup"
)

// market is the made-up provider with one stall, registered beside those that there are.
func market(stall *madeup.Stall) access.Platform {
	return access.Platform{
		Platform: madeup.Platform(),
		Provider: func(access.Way) (connector.Provider, error) { return madeup.Provider{Stall: stall}, nil },
		Shop: func(_ access.Way, _ connector.Connector, how access.Approach) (job.Shop, error) {
			return stall.Visited(how.Credentials), nil
		},
	}
}

// fair is a store that is linked to a shop of each provider.
type fair struct {
	*testing.T
	jobs  *access.Jobs
	stall *madeup.Stall
}

// atFair does something with the program whose store main is linked to a shop of
// Shopify, which was imported.
func atFair(t *testing.T, do func(*fair)) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	stall := &madeup.Stall{Goods: []string{"apple", "pear", "plum"}}
	var stdout, stderr locked
	p := access.New(terminal.Env{
		Args: []string{"status"}, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr, LookupEnv: d.lookupEnv, Now: time.Now,
	}, append(access.RegisteredPlatforms(), market(stall)))
	if err := executeCommand(t.Context(), p); err != nil { // takes the settings in
		t.Fatal(err, stderr.String())
	}
	p.CloseState()
	defer p.CloseState()
	err := access.WithJobs(t.Context(), p, func(j *access.Jobs) error {
		j.Yes = true
		do(&fair{t, j, stall})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (f *fair) service(provider string) *link.Service {
	f.Helper()
	service, err := f.jobs.Access.Service(f.jobs.State, provider)
	if err != nil {
		f.Fatal(err)
	}
	return service
}

func (f *fair) connector(provider string) connector.Connector {
	f.Helper()
	c, err := f.jobs.State.Connector(f.Context(), "main", provider)
	if err != nil {
		f.Fatal(err)
	}
	return c
}

func (f *fair) connect() {
	f.Helper()
	var asked string
	ask := func(_ context.Context, question string) (string, error) { asked = question; return "fruit", nil }
	c, err := f.service(madeup.Name).Connect(f.Context(), link.Request{
		Store: "main", Operator: link.Operator{Ask: ask}, Auth: connector.AdminToken, Token: connector.NewSecret(madeup.Word), Timeout: time.Minute,
	})
	if asked != "Which shop (the name of its stall)? " {
		f.Errorf("what was asked: %q", asked)
	}
	if err != nil || c.State != connector.Live || c.Domain != "fruit@market" {
		f.Fatalf("%+v: %v", c, err)
	}
}

// imports imports what a provider's shop has and gives what came of its products.
func (f *fair) imports(provider string) importer.Counts {
	f.Helper()
	report, err := job.Import(f.Context(), f.jobs.Env(), f.connector(provider), job.ImportRequest{Limits: job.UsualLimits()})
	if err != nil {
		f.Fatalf("the import from %s: %v", provider, err)
	}
	return *report.Run.Counts.Of(importer.Products)
}

// A provider that nothing knows but the line which registers it does all that Shopify
// does, beside it, for the same store.
func TestAMadeUpProviderStandsBesideShopify(t *testing.T) {
	atFair(t, func(f *fair) {
		f.connect()
		preview, err := job.Preview(t.Context(), f.jobs.Env(), f.connector(madeup.Name), job.PreviewRequest{})
		if err != nil || preview.Run.Counts.Of(importer.Products).Created != 3 {
			t.Fatalf("the preview: %+v, %v", preview.Run.Counts, err)
		}
		if counts := f.imports(madeup.Name); counts != (importer.Counts{Read: 3, Created: 3}) {
			t.Errorf("the import: %+v", counts)
		}
		if counts := f.imports(madeup.Name); counts != (importer.Counts{Read: 3, Unchanged: 3}) {
			t.Errorf("the rerun: %+v", counts)
		}
		f.stall.Goods[1] = "quince"
		if counts := f.imports(madeup.Name); counts != (importer.Counts{Read: 3, Updated: 1, Unchanged: 2}) {
			t.Errorf("the import of what changed: %+v", counts)
		}
		f.unmoved("shopify")
		if _, err := f.service(madeup.Name).Disconnect(t.Context(), "main", link.Removal{}); err != nil {
			t.Error(err)
		}
		if c := f.connector(madeup.Name); c.State != connector.Inactive || c.Reason != connector.Disconnected {
			t.Errorf("disconnected it is %s, %s", c.State, c.Reason)
		}
		f.unmoved("shopify")
	})
}

// unmoved asserts that a provider's shop is connected, and that importing it again
// changes nothing.
func (f *fair) unmoved(provider string) {
	f.Helper()
	if c := f.connector(provider); c.State != connector.Live {
		f.Errorf("%s is %s", provider, c.State)
	}
	counts := f.imports(provider)
	if counts.Read == 0 || counts != (importer.Counts{Read: counts.Read, Unchanged: counts.Read}) {
		f.Errorf("a rerun of %s: %+v", provider, counts)
	}
}

// What is for one connector does not take the first that there is of a store.
func TestACommandForOneProviderRefusesAStoreWithTwo(t *testing.T) {
	atFair(t, func(f *fair) {
		f.connect()
		p := f.jobs.Access
		for _, store := range []string{"", "main"} {
			p.Face.Settings.Store = store
			if c, err := p.ChosenStore().Connector(t.Context(), f.jobs.State, ""); err == nil || !strings.Contains(err.Error(), "several providers") {
				t.Errorf("store %q: %s, %v", store, c.Provider, err)
			}
		}
	})
}

// A connector of a provider that this program does not have is no Shopify's.
func TestAnUnknownProviderIsRefused(t *testing.T) {
	p := access.New(terminal.Env{}, access.RegisteredPlatforms())
	if _, err := p.Service(nil, madeup.Name); err == nil || exit.FaultOf(err).Code != connector.Usage {
		t.Errorf("%v", err)
	}
}
