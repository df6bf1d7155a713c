package cmd

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// checked is what doctor found, by the name of the check.
func (d *counter) checked() map[string]view.Check {
	d.Helper()
	var found struct{ Checks []view.Check }
	got := d.run("doctor -o json")
	if err := json.Unmarshal([]byte(got.stdout), &found); err != nil {
		d.Fatalf("%v: %s%s", err, got.stdout, got.stderr)
	}
	byName := map[string]view.Check{}
	for _, c := range found.Checks {
		if (c.Result == health.Failed) != (c.Cure != "") || c.Symptom == "" {
			d.Errorf("a check that failed has a cure, and only it: %+v", c)
		}
		byName[c.Name] = c
	}
	return byName
}

// Each cause is found by its check, and by no other.
func TestDoctorFindsTheCause(t *testing.T) {
	connected := func(d *counter) { d.expect(exit.Done, connectTea); d.expect(exit.Done, "import run --yes") }
	nothing := func(*counter) {}
	for name, test := range map[string]struct {
		before, spoil func(d *counter)
		check         string
		cure          string
	}{
		"port":        {nothing, func(d *counter) { d.holdPort() }, "the callback port", "ESHOPCTL_SHOPIFY_CALLBACK_URL"},
		"callback":    {nothing, func(d *counter) { d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"] = "https://example.com/callback" }, "the callback address", "unset ESHOPCTL_SHOPIFY_CALLBACK_URL"},
		"client":      {nothing, func(d *counter) { delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_SECRET") }, "the app", "Dev Dashboard"},
		"proxy":       {nothing, func(d *counter) { d.settings["HTTPS_PROXY"] = "http://127.0.0.1:1" }, "the proxy", "unset HTTPS_PROXY"},
		"certificate": {nothing, func(d *counter) { d.settings["SSL_CERT_FILE"] = d.file("no certificate") }, "the certificates", "unset SSL_CERT_FILE"},
		"first clock": {nothing, func(d *counter) { d.now = func() time.Time { return time.Unix(1, 0) } }, "the clock", "set the clock"},
		"state file": {nothing, func(d *counter) {
			d.settings["ESHOPCTL_STATE"] = d.file("not a database, but long enough to be looked at")
		}, "the state file", "eshopctl state restore FILE"},
		"attempt": {nothing, func(d *counter) { d.server.DenyNext(teaShop); d.run(connectTea) },
			"the last attempt to connect", "eshopctl connect shopify --store main"},
		"clock":        {connected, func(d *counter) { d.now = func() time.Time { return time.Now().Add(6 * time.Minute) } }, "the clock", "set the clock"},
		"other client": {connected, func(d *counter) { d.settings["ESHOPCTL_SHOPIFY_CLIENT_ID"] = "another" }, "the app", "unset ESHOPCTL_SHOPIFY_CLIENT_ID"},
		"key":          {connected, func(d *counter) { d.settings["XDG_CONFIG_HOME"] = filepath.Join(d.folder, "elsewhere") }, "the key", "eshopctl disconnect"},
		"frozen":       {connected, func(d *counter) { d.shop.Freeze(true) }, "the contact with the shop", "eshopctl status --probe"},
		"removed":      {connected, func(d *counter) { d.server.Uninstall(teaShop) }, "the contact with the shop", "eshopctl connect shopify --store main"},
		"scope":        {connected, func(d *counter) { d.server.SetGrantedScopes(teaShop, []string{"read_products"}) }, "the scopes", "eshopctl connect"},
		"stale":        {connected, func(d *counter) { d.now = func() time.Time { return time.Now().Add(25 * time.Hour) } }, "the age of the data", "import run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newCounter(t)
			test.before(d)
			if was := d.checked()[test.check]; was.Result == health.Failed {
				t.Errorf("it failed before: %+v", was)
			}
			test.spoil(d)
			if found := d.checked()[test.check]; found.Result != health.Failed || !strings.Contains(found.Cure, test.cure) {
				t.Errorf("%+v", found)
			}
		})
	}
}

// holdPort has another program listen where the callback should come.
func (d *counter) holdPort() {
	listener, err := net.Listen("tcp", strings.Split(d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"], "/")[2])
	if err != nil {
		d.Fatal(err)
	}
	d.Cleanup(func() { listener.Close() })
}

func (d *counter) file(text string) string {
	path := filepath.Join(d.folder, "spoiled")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		d.Fatal(err)
	}
	return path
}

// A token that ended an hour ago is no finding: it is renewed, as any command
// would.
func TestDoctorRenewsTheToken(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.server.ExpireTokens(teaShop)
	for range 2 {
		if found := d.checked()["the contact with the shop"]; found.Result != health.Passed {
			t.Errorf("%+v", found)
		}
	}
	if n := d.tokenRequests(); n != 2 { // the code's exchange and one renewal
		t.Errorf("%d requests for tokens", n)
	}
}

// doctorAt is what doctor prints in a window of 80 columns.
func (d *counter) doctorAt(args ...string) (text string, ended int) {
	var stdout locked
	ended = Run(d.Context(), terminal.Env{
		Args: append([]string{"doctor"}, args...), Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: io.Discard, LookupEnv: d.lookupEnv, Now: d.now, Width: 80,
	})
	return stdout.String(), ended
}

// What is wrong and what to type is seen at a glance: a window of 24 lines by 80
// columns holds it, but for commands, which stay on one line to be copied.
func TestDoctorIsShort(t *testing.T) {
	d := newCounter(t)
	d.settings["NO_COLOR"] = "1"
	look := func(want int, says string) {
		t.Helper()
		text, ended := d.doctorAt()
		if lines := strings.Count(text, "\n"); ended != want || lines > 23 || !strings.Contains(text, says) {
			t.Errorf("exit status %d, %d lines:\n%s", ended, lines, text)
		}
		for line := range strings.Lines(text) {
			if copied := regexp.MustCompile(`^ +(look|cure|or): eshopctl `).MatchString(line); len([]rune(line)) > 81 && !copied {
				t.Errorf("%d columns: %s", len([]rune(line)), line)
			}
		}
	}
	look(exit.Failed, "nothing is connected yet")
	d.expect(exit.Done, connectTea)
	look(exit.Failed, "nothing was imported yet")
	d.expect(exit.Done, "import run --yes")
	look(exit.Done, "Nothing is wrong with store main.")
	d.server.SetGrantedScopes(teaShop, []string{"read_products"})
	d.expect(exit.Connect, "import run --yes")
	d.now = func() time.Time { return time.Now().Add(9 * 24 * time.Hour) }
	look(exit.Failed, "the shop has not granted")
}

// Without --store every store is examined, but those that were disconnected on
// purpose; each has its own age of data.
func TestDoctorExaminesEveryStore(t *testing.T) {
	d := newCounter(t, sandboxtest.Generate(12))
	for _, connect := range []string{connectTea, "connect shopify --store outlet --shop " + sandboxShop} {
		d.expect(exit.Done, connect)
	}
	d.expect(exit.Done, "import run --all-stores --yes")
	d.expect(exit.Done, "doctor", "Nothing is wrong with stores main and outlet.")
	d.settings["ESHOPCTL_CONFIG"] = d.file("stores:\n  outlet:\n    max_age: 24h,stock=0s\n")
	d.expect(exit.NotGreen, "status --check --all-stores", "main: all lights are green", "outlet: data age yellow: stock older than 0s")
	d.expect(exit.Failed, "doctor", "Store outlet is not well; the cause is the age of the data: stock older than 0s.", "eshopctl import run --store outlet")
	d.expect(exit.Done, "doctor --store main", "Nothing is wrong with store main.")
	d.expect(exit.Done, "doctor --max-age 1h", "stores main and outlet")
	d.expect(exit.Done, "disconnect shopify --store outlet --yes")
	got := d.expect(exit.Done, "doctor", "Nothing is wrong with store main.", "outlet is left out: it was disconnected on purpose")
	if strings.Contains(got.stdout, "outlet") {
		t.Errorf("%s", got.stdout)
	}
	d.expect(exit.Failed, "doctor --store outlet", "taken away on purpose")
	d.server.Uninstall(teaShop)
	var document struct{ Checks []view.Check }
	if err := json.Unmarshal([]byte(d.expect(exit.Failed, "doctor -o json").stdout), &document); err != nil {
		t.Fatal(err)
	}
	for _, c := range document.Checks {
		if c.Result == health.Failed && (c.Store != "main" || c.Code != "token_refused") {
			t.Errorf("%+v", c)
		}
	}
}
