package cmd

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector/link"
	"github.com/eshopos/eshopctl/testdata/madeup"
)

// stallholder is an operator whose program knows the market alone.
type stallholder struct {
	*testing.T
	counter *counter
	stall   *madeup.Stall
}

func newStallholder(t *testing.T) *stallholder {
	s := &stallholder{t, &counter{T: t, folder: t.TempDir(), now: time.Now}, &madeup.Stall{Goods: []string{"apple", "pear", "plum"}}}
	s.counter.settings = map[string]string{"XDG_CONFIG_HOME": s.counter.folder, "XDG_STATE_HOME": s.counter.folder}
	s.counter.known = access.Platforms{market(s.stall)}
	return s
}

// types types a command and checks its exit status and what is said; of another provider
// nothing ever is.
func (s *stallholder) types(ended int, line string, says ...string) {
	s.Helper()
	got := s.counter.expect(ended, line)
	all := got.stdout + got.stderr
	for _, words := range says {
		if !strings.Contains(all, words) {
			s.Errorf("eshopctl %s does not say %q:\n%s", line, words, all)
		}
	}
	if strange := ofShopify.FindString(all); strange != "" {
		s.Errorf("eshopctl %s says %q:\n%s", line, strange, all)
	}
}

const connectStall = "connect madeup --store main --shop fruit --auth token"

func (s *stallholder) connects() {
	s.Helper()
	s.counter.stdin = madeup.Word
	s.types(exit.Done, connectStall, "fruit@market")
	s.counter.stdin = ""
}

// Before a shop is connected, every hint is about the provider that there is.
func TestFirstStepsAreThoseOfTheProvider(t *testing.T) {
	s := newStallholder(t)
	const connect = "eshopctl connect madeup --store NAME --shop STALL@market"
	s.types(exit.Done, "", "To connect a Market shop", "In the book of the warden write your name, with", "see:goods,see:pile,see:place", "exactly so, and set what it shows",
		"ESHOPCTL_MADEUP_CLIENT_ID", "/run/secrets/madeup", connect)
	s.types(exit.Done, "status", connect)
	s.types(exit.NotGreen, "status --store main --check")
	s.types(exit.Connect, "import run --yes", connect)
	s.types(exit.Connect, "import run --store stall --yes", connect)
	s.types(exit.Failed, "doctor", "ESHOPCTL_MADEUP_CLIENT_ID and ESHOPCTL_MADEUP_CLIENT_SECRET are not set", "which the book of the warden shows")
	s.types(exit.Usage, "connect madup", "eshopctl connect madeup")
	s.types(exit.Usage, connectStall, "ESHOPCTL_MADEUP_ACCESS_TOKEN is not set")
	s.types(exit.Usage, "connect madeup --store main --shop fruit --auth browser", "of your Market app", "ESHOPCTL_MADEUP_CLIENT_SECRET_FILE")
	s.counter.settings["ESHOPCTL_MADEUP_API_VERSION"] = "2026-10"
	s.types(exit.Usage, "status", "no API version such as d2026-11-01", "unset ESHOPCTL_MADEUP_API_VERSION")
}

// The question of connect, the settings and what is refused speak of the provider.
func TestConnectAsksInTheWordsOfTheProvider(t *testing.T) {
	s := newStallholder(t)
	s.counter.terminal, s.counter.settings["ESHOPCTL_MADEUP_ACCESS_TOKEN"] = true, "not-the-word"
	s.types(exit.Usage, "connect madeup --auth token", "eshopctl connect madeup --store NAME --shop STALL@market")
	s.counter.stdin = "fruit\n"
	s.types(exit.Connect, "connect madeup --store main --auth token", "Which shop (the name of its stall)?", "that is not the word")
	s.counter.settings["ESHOPCTL_MADEUP_ACCESS_TOKEN"] = madeup.Word
	s.counter.stdin = "fruit\n"
	s.types(exit.Done, "connect madeup --store main --auth token", "fruit@market")
	s.types(exit.Usage, "disconnect madeup --local --uninstall", "--local does not ask Market")
	s.types(exit.Done, "disconnect madeup --store main --yes")
}

// A stall is imported, and what its status and doctor say of it are its scopes and dates.
func TestStatusAndDoctorSayWhatTheProviderSays(t *testing.T) {
	s := newStallholder(t)
	s.connects()
	s.types(exit.Done, "import run --store main --yes")
	s.types(exit.Done, "doctor --store main --all", "Market")
	s.types(exit.Done, "catalog variants --store main", "apple")
	s.types(exit.Done, "status --store main -o json", `"api_version_until": "2027-02-01T00:00:00Z"`)
	s.counter.now = func() time.Time { return time.Date(2027, 1, 25, 12, 0, 0, 0, time.UTC) }
	s.types(exit.Done, "status --store main", "Market may withdraw d2026-11-01 from 2027-02-01 on")

	s.counter.now = time.Now
	s.stall.Grants = []string{"move:goods", "see:place"} // who may move the goods sees them
	s.types(exit.Done, "status --store main --probe", "ask the warden for a word with see:pile", "--only products,categories,warehouses")
	s.types(exit.Connect, "import preview --store main", "stock cannot be read: the shop does not grant see:pile", "connect madeup --store main --shop fruit@market --auth token")
	s.types(exit.Failed, "doctor --store main", "the shop has not granted see:pile")
}

// A store is shown with its shops of all providers, and disconnected from the one that is
// named.
func TestAStoreWithTwoProvidersIsShownWithBoth(t *testing.T) {
	atFair(t, func(f *fair) {
		f.connect()
		p := f.jobs.Access
		p.Face.Settings.Store = "main"
		chosen, err := p.ChosenStore().Connectors(t.Context(), f.jobs.State)
		var names []string
		for _, c := range chosen {
			names = append(names, c.Platform.Title)
		}
		if err != nil || !slices.Equal(names, []string{"Market", "Shopify"}) {
			t.Errorf("%v, %v", names, err)
		}
		for _, provider := range p.Platforms.Names() {
			if c, err := p.ChosenStore().Connector(t.Context(), f.jobs.State, provider); err != nil || c.Provider != provider {
				t.Errorf("%s: %s, %v", provider, c.Provider, err)
			}
		}
		if _, err := f.service(madeup.Name).Disconnect(t.Context(), "main", link.Removal{}); err != nil {
			t.Error(err)
		}
	})
}
