package cmd

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"maps"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/loopback"
)

// counter is where an operator stands: a sandbox, a folder, an environment.
type counter struct {
	*testing.T
	server   *sandboxtest.Server
	shop     *sandboxtest.Shop
	folder   string
	settings map[string]string
	browser  func(address string) error
	stdin    string
	terminal bool
	now      func() time.Time
	known    access.Platforms  // nil for those that there are
	way      http.RoundTripper // to the shop; nil for the usual one

	intercept func(w http.ResponseWriter, r *http.Request, next http.Handler) // stands before the sandbox; may be nil
}

const teaShop = "tea-and-cups.myshopify.com"

func newCounter(t *testing.T, more ...*sandboxtest.Shop) *counter {
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	callback := "http://" + address + "/callback"
	d := &counter{T: t, shop: sandboxtest.DefaultShop(), folder: t.TempDir(), now: time.Now}
	d.shop.AutoApprove(true)
	for _, shop := range more {
		shop.AutoApprove(true)
	}
	d.server, err = sandboxtest.Start(sandboxtest.Options{
		App: sandboxtest.App{RedirectURLs: []string{callback}}, Shops: append(more, d.shop), BucketSize: 1e6, RestoreRate: 1e6,
		Wrap: func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if d.intercept != nil {
					d.intercept(w, r, next)
				} else {
					next.ServeHTTP(w, r)
				}
			})
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.server.Close() })
	d.settings = map[string]string{"ESHOPCTL_AUTH": "browser", "XDG_CONFIG_HOME": d.folder, "XDG_STATE_HOME": d.folder, "ESHOPCTL_SHOPIFY_CALLBACK_URL": callback}
	for _, setting := range d.server.Env() {
		name, value, _ := strings.Cut(setting, "=")
		d.settings[name] = value
	}
	d.browser = visit
	return d
}

// visit follows an address as a browser does.
func visit(address string) error {
	response, err := http.Get(address)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	return err
}

type printed struct {
	ended          int
	stdout, stderr string
}

// run types a command.
func (d *counter) run(line string) printed {
	d.Helper()
	return d.runArgs(strings.Fields(line)...)
}

// runArgs types a command whose arguments may hold anything.
func (d *counter) runArgs(args ...string) printed {
	d.Helper()
	var stdout, stderr locked
	known := d.known
	if known == nil {
		known = access.RegisteredPlatforms()
	}
	ended := run(d.Context(), terminal.Env{
		Args: args, Stdin: strings.NewReader(d.stdin), Stdout: &stdout, Stderr: &stderr,
		LookupEnv: d.lookupEnv, Interactive: d.terminal,
		OpenBrowser: d.browser, Now: d.now, Transport: d.way,
	}, known)
	return printed{ended, stdout.String(), stderr.String()}
}

func (d *counter) lookupEnv(name string) (string, bool) {
	value, set := d.settings[name]
	return value, set
}

// locked is a buffer that several goroutines may write to.
type locked struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (l *locked) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.Write(text)
}

func (l *locked) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buffer.String()
}

// expect runs a command and checks its exit status and what it says anywhere.
func (d *counter) expect(ended int, line string, says ...string) printed {
	d.Helper()
	got := d.run(line)
	if got.ended != ended {
		d.Fatalf("eshopctl %s: exit %d, want %d\n%s%s", line, got.ended, ended, got.stdout, got.stderr)
	}
	for _, text := range says {
		if !strings.Contains(got.stdout+got.stderr, text) {
			d.Errorf("eshopctl %s does not say %q:\n%s%s", line, text, got.stdout, got.stderr)
		}
	}
	return got
}

// card is the connector as status -o json shows it.
func (d *counter) card(store, flags string) map[string]any {
	d.Helper()
	var all struct{ Connectors []map[string]any }
	if err := json.Unmarshal([]byte(d.expect(exit.Done, "status -o json --store "+store+" "+flags).stdout), &all); err != nil || len(all.Connectors) != 1 {
		d.Fatalf("%v: %v", err, all)
	}
	return all.Connectors[0]
}

func (d *counter) standing(store, state, reason, connection string) {
	d.Helper()
	card := d.card(store, "")
	lights := card["lights"].(map[string]any)
	if card["state"] != state || card["reason"] != reason || lights["connection"] != connection {
		d.Errorf("%s is %v %v, light %v; want %s %s, %s", store, card["state"], card["reason"], lights["connection"], state, reason, connection)
	}
}

const connectTea = "connect shopify --store main --shop tea-and-cups"

func TestConnectStatusDisconnect(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, "status", "connect shopify")
	d.expect(exit.Connect, "import preview")
	d.standing("main", "inactive", "never_connected", "red")
	var card map[string]any
	if err := json.Unmarshal([]byte(d.expect(exit.Done, connectTea+" -o json").stdout), &card); err != nil {
		t.Fatal(err)
	}
	want := strings.Fields(`api_version api_version_until auth capabilities checked_at client_id connected_at currency external_account external_account_id
		external_domain freshness last_attempt last_preview last_run lights missing_scopes objects provider reason reason_text sandbox scopes
		set_up_for state store suggestions token`)
	if got := slices.Sorted(maps.Keys(card)); !slices.Equal(got, want) {
		t.Errorf("fields\n%v, want\n%v", got, want)
	}
	if card["external_domain"] != teaShop || card["sandbox"] != true || card["token"].(map[string]any)["kind"] != "expiring" {
		t.Errorf("%v", card)
	}
	d.standing("main", "live", "", "green")
	d.expect(exit.Done, "status --probe --store main", "live")
	d.expect(exit.NotGreen, "status --check")
	delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_ID")
	delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_SECRET")
	d.expect(exit.Done, "connect shopify") // everything is known from before
	d.expect(exit.Usage, "disconnect shopify --store main", "--yes")
	d.expect(exit.Done, "disconnect shopify --store main --yes", "disconnected")
	d.standing("main", "inactive", "disconnected", "grey")
	d.expect(exit.Done, "disconnect shopify --store main --yes")
	d.expect(exit.Usage, "connect shopify", "ESHOPCTL_SHOPIFY_CLIENT_SECRET")
	d.expect(exit.Connect, "disconnect shopify --store other --yes", `"other"`)
}

func TestDisconnectRevokes(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.shop.Freeze(true)
	d.expect(exit.Connect, "disconnect shopify --store main --yes", "--local", "for every tool that uses it", "frozen")
	d.standing("main", "live", "shop_unavailable", "red")
	d.shop.Freeze(false)
	d.server.Uninstall(teaShop) // the merchant was faster
	d.expect(exit.Done, "disconnect shopify --store main --yes", "was removed there before")
	d.standing("main", "inactive", "disconnected", "grey")
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "disconnect shopify --store main --yes --local")
}

func TestConnectRefused(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Usage, "connect shopify --store main", "--shop")
	d.expect(exit.Usage, "connect shopify --shop tea-and-cups", "--store")
	d.expect(exit.Usage, "connect shopify --store main --shop evil.com/.myshopify.com", "not a Shopify shop")
	d.expect(exit.Usage, "connect shopify --store Main --shop tea-and-cups")
	d.expect(exit.Usage, "connect shopify --store main --shop tea-and-cups --only orders", "orders")
	d.expect(exit.Usage, "connect amazon --store main --shop tea-and-cups")
	d.expect(exit.Usage, connectTea+" --token x")
	d.expect(exit.Usage, connectTea+" --timeout 0s")
	d.settings["ESHOPCTL_SHOPIFY_URL"] = "http://evil.com"
	d.expect(exit.Usage, connectTea)
	d.standing("main", "inactive", "never_connected", "red")
}

func TestConnectFails(t *testing.T) {
	d := newCounter(t)
	d.server.DenyNext(teaShop)
	d.expect(exit.Connect, connectTea, "not approved", "next: eshopctl connect shopify")
	d.standing("main", "failed", "authorization_denied", "red")

	secret := d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"]
	d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"] = "CANARY-wrong-secret"
	got := d.expect(exit.Connect, connectTea+" --timeout 300ms", "signature does not fit")
	if strings.Contains(got.stdout+got.stderr, "CANARY") {
		t.Error("the secret is printed")
	}
	d.standing("main", "failed", "bad_signature", "red")
	d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET_OLD"] = secret
	d.expect(exit.Connect, connectTea, "client secret is wrong") // now the callback fits, and the exchange does not
	d.standing("main", "failed", "invalid_client", "red")

	d.settings["ESHOPCTL_SHOPIFY_CLIENT_SECRET"] = secret
	d.expect(exit.Done, connectTea)
	d.server.DenyNext(teaShop)
	d.expect(exit.Connect, connectTea)
	d.standing("main", "live", "", "yellow")
	d.expect(exit.Done, "status --probe", "live")

	d.browser = func(string) error { return nil }
	d.expect(exit.Connect, connectTea+" --timeout 100ms", d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"])
	if last := d.card("main", "")["last_attempt"].(map[string]any); last["reason"] != "timeout" {
		t.Errorf("%v", last)
	}
}

func TestOneShopOneStore(t *testing.T) {
	second := sandboxtest.NewShop("second.myshopify.com", "Second", "EUR")
	d := newCounter(t, second)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Connect, "connect shopify --store other --shop tea-and-cups", "store main")
	d.standing("other", "inactive", "never_connected", "red")
	d.expect(exit.Connect, "connect shopify --store main --shop second", "tea-and-cups.myshopify.com", "second.myshopify.com", "next: eshopctl status --store main")
	d.standing("main", "live", "", "green")
	d.expect(exit.Usage, "disconnect shopify --yes", "there are: main")
	d.expect(exit.Done, "disconnect shopify --store main --yes")
	d.expect(exit.Done, "connect shopify --store main --shop second")
	d.expect(exit.Done, "connect shopify --store other --shop tea-and-cups")
	d.expect(exit.Done, "status", "store main", "store other")
}

// hazard O16
func TestPortIsBusy(t *testing.T) {
	d := newCounter(t)
	listener, err := net.Listen("tcp", strings.Split(d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"], "/")[2])
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	d.expect(exit.Failed, connectTea, "another program uses it", "ESHOPCTL_SHOPIFY_CALLBACK_URL")
	d.standing("main", "inactive", "never_connected", "red")
}

func TestNoBrowser(t *testing.T) {
	d := newCounter(t)
	delete(d.settings, "ESHOPCTL_AUTH")
	d.expect(exit.Usage, connectTea, "there is no terminal")
	d.browser = func(string) error { return io.ErrUnexpectedEOF }
	d.expect(exit.Connect, connectTea+" --auth browser --timeout 100ms", "/admin/oauth/authorize?")
	d.settings["SSH_TTY"] = "/dev/pts/1"
	d.browser = func(string) error { t.Error("a browser was opened over SSH"); return nil }
	d.expect(exit.Usage, connectTea+" --no-browser", "there is no terminal") // nobody can paste
	d.expect(exit.Connect, connectTea+" --no-browser --auth browser --timeout 100ms", "code_challenge=", "paste the address")
	d.expect(exit.Connect, connectTea+" --auth browser --timeout 100ms", "code_challenge=")
	delete(d.settings, "SSH_TTY")
	d.browser = func(string) error { return nil } // a launcher that is content, and no browser
	d.expect(exit.Connect, connectTea+" --auth browser --timeout 300ms", "No browser has come", "code_challenge=")
}

// hazard N11
func TestShopTrouble(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	for reason, change := range map[string]func(bool){"shop_unavailable": d.shop.Lock, "refused": d.shop.Forbid} {
		change(true)
		if card := d.card("main", "--probe"); card["reason"] != reason || card["state"] != "live" {
			t.Errorf("%v %v, want %s", card["state"], card["reason"], reason)
		}
		d.standing("main", "live", reason, "red")
		change(false)
	}
	d.server.SetGrantedScopes(teaShop, []string{"read_products"})
	d.card("main", "--probe")
	d.standing("main", "live", "scope_missing", "yellow")
	d.server.Uninstall(teaShop)
	d.expect(exit.Done, "status --probe", "token_rejected")
	d.standing("main", "inactive", "token_rejected", "red")
	d.expect(exit.Connect, "import preview", "connect shopify --store main")
	d.expect(exit.Connect, "connect shopify --store other --shop tea-and-cups", "store main")
	d.expect(exit.Done, "connect shopify --store main")
	d.server.Close()
	if card := d.card("main", "--probe"); card["lights"].(map[string]any)["connection"] != "red" || card["state"] != "live" {
		t.Errorf("out of reach: %v", card["lights"])
	}
}

// hazard H6
func TestSandboxIsNotTheRealThing(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	delete(d.settings, "ESHOPCTL_SHOPIFY_URL")
	d.expect(exit.Usage, "status --probe", "sandbox")
	d.expect(exit.Usage, connectTea, "ESHOPCTL_SHOPIFY_URL")
	d.expect(exit.Usage, "disconnect shopify --store main --yes", "--local")
	d.expect(exit.Done, "disconnect shopify --store main --yes --local")
}

func TestKeyIsLost(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.settings["XDG_CONFIG_HOME"] = filepath.Join(d.folder, "elsewhere")
	d.expect(exit.Failed, "status --probe", filepath.Join("elsewhere", "eshopctl", "key"), "--store main --local")
	d.expect(exit.Failed, connectTea, "there is no key file", "eshopctl disconnect shopify --store main --local")
	d.standing("main", "live", "", "green")
	d.expect(exit.Done, "disconnect shopify --store main --local --yes")
	d.expect(exit.Done, connectTea)
}

func TestConnectInterrupted(t *testing.T) {
	d := newCounter(t)
	ctx, cancel := context.WithCancel(t.Context())
	env := terminal.Env{Args: strings.Fields(connectTea), Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard,
		LookupEnv: d.lookupEnv, Now: time.Now,
		OpenBrowser: func(string) error { cancel(); return nil }}
	if ended := Run(ctx, env); ended != exit.Interrupted {
		t.Errorf("exit %d", ended)
	}
	d.standing("main", "inactive", "setup_interrupted", "red")
}

func TestConnectWithClientCredentials(t *testing.T) {
	d := newCounter(t)
	const connect = connectTea + " --auth client-credentials"
	d.expect(exit.Connect, connect, "organisations", "--auth browser")
	d.standing("main", "failed", "shop_not_permitted", "red")
	d.shop.SameOrganisation(true)
	d.expect(exit.Connect, connect, "not installed")
	d.standing("main", "failed", "app_not_installed", "red")
	d.server.Install(teaShop)
	d.expect(exit.Done, connect)
	d.standing("main", "live", "", "green")
	d.server.ExpireTokens(teaShop)
	d.expect(exit.Done, "status --probe", "live")
	d.expect(exit.Done, "disconnect shopify --store main --yes") // forgets only
	d.expect(exit.Done, connect)
	d.expect(exit.Done, "disconnect shopify --store main --yes --uninstall")
	d.expect(exit.Connect, connect, "not installed")
}

func TestConnectWithToken(t *testing.T) {
	d := newCounter(t)
	d.server.Install(teaShop)
	delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_ID")
	delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_SECRET")
	const connect = connectTea + " --auth token"
	d.expect(exit.Usage, connect, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN")
	d.stdin = "shpat_wrong-CANARY\n"
	if got := d.expect(exit.Connect, connect); strings.Contains(got.stdout+got.stderr, "CANARY") {
		t.Error("the token is printed")
	}
	d.standing("main", "failed", "exchange_failed", "red")
	d.stdin = d.server.AccessToken(teaShop) + "\n"
	d.expect(exit.Done, connect)
	d.stdin, d.settings["ESHOPCTL_SHOPIFY_ACCESS_TOKEN"] = "", d.server.AccessToken(teaShop)
	d.expect(exit.Done, connect, "permanent")
	d.standing("main", "live", "", "green")
	d.server.RevokeTokens(teaShop)
	d.expect(exit.Done, "status --probe", "token_rejected")
}
