package cmd

import (
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

func nothing(*counter) {}

// sets changes a setting, or takes it away when the value is "".
func sets(name, value string) func(d *counter) {
	return func(d *counter) {
		if d.settings[name] = value; value == "" {
			delete(d.settings, name)
		}
	}
}

// connected has the store linked, and imported the shop of the desk.
func connected(d *counter) { d.Helper(); d.expect(exit.Done, connectTea) }

func imported(d *counter) {
	d.Helper()
	connected(d)
	d.expect(exit.Done, "import run --store main --yes")
}

// then does several things one after the other.
func then(steps ...func(d *counter)) func(d *counter) {
	return func(d *counter) {
		for _, step := range steps {
			step(d)
		}
	}
}

func types(ended int, line string) func(d *counter) {
	return func(d *counter) { d.Helper(); d.expect(ended, line) }
}

// clock has this machine's clock go ahead by that much.
func clock(ahead time.Duration) func(d *counter) {
	return func(d *counter) { d.now = func() time.Time { return time.Now().Add(ahead) } }
}

// exposes changes who may touch the key, or the folder that it lies in.
func exposes(name string, mode os.FileMode) func(d *counter) {
	return func(d *counter) {
		d.Helper()
		if err := os.Chmod(filepath.Join(d.folder, "eshopctl", name), mode); err != nil {
			d.Fatal(err)
		}
	}
}

func edits(statement string) func(d *counter) {
	return func(d *counter) {
		d.Helper()
		if err := execSQL(filepath.Join(d.folder, "eshopctl", "state.db"), statement); err != nil {
			d.Fatal(err)
		}
	}
}

// backupOf is a copy of the state file, made before it was damaged.
func backupOf(d *counter) string { return filepath.Join(d.folder, "backup.db") }

// damaged keeps a backup and then writes over the middle of the state file.
func damaged(d *counter) {
	d.Helper()
	path := filepath.Join(d.folder, "eshopctl", "state.db")
	d.expect(exit.Done, "state backup "+backupOf(d))
	content, err := os.ReadFile(path)
	if err == nil {
		for i := len(content) / 2; i < len(content)-100; i += 200 {
			content[i] ^= 0x55
		}
		err = os.WriteFile(path, content, 0o600)
	}
	if err != nil {
		d.Fatal(err)
	}
}

func machineRemedies() map[string][]remedy {
	own := strings.NewReplacer("NAME", "main", "HANDLE.myshopify.com", teaShop)
	var listener net.Listener
	busy := func(d *counter) {
		var err error
		if listener, err = net.Listen("tcp", strings.Split(d.settings["ESHOPCTL_SHOPIFY_CALLBACK_URL"], "/")[2]); err != nil {
			d.Fatal(err)
		}
	}
	return map[string][]remedy{
		"state_unusable": {{
			fault:  func(d *counter) { sets("ESHOPCTL_STATE", d.file("no database, but long enough to be looked at"))(d) },
			person: sets("ESHOPCTL_STATE", ""), // another file is named
			names:  strings.NewReplacer("state restore FILE", "status --no-color"),
		}, {
			fault:  then(imported, damaged),
			person: func(d *counter) { d.expect(exit.Done, "state restore "+backupOf(d)+" --yes") }, // FILE is theirs to know
			names:  strings.NewReplacer("state restore FILE", "status --probe"),
		}},
		"key_exposed": {
			{fault: then(connected, exposes("key", 0o666))},
			{fault: then(imported, exposes("key", 0o620))},
			{fault: then(connected, exposes("", 0o777))},
		},
		"key_readable": {{fault: then(connected, exposes("key", 0o644))}, {fault: then(connected, exposes("key", 0o440))}},
		"temp_unusable": {
			{fault: sets("ESHOPCTL_TEMP_DIR", "/nowhere"), person: sets("ESHOPCTL_TEMP_DIR", "")},
			{fault: func(d *counter) { sets("ESHOPCTL_TEMP_DIR", d.file("no folder"))(d) }, person: func(d *counter) { sets("ESHOPCTL_TEMP_DIR", d.folder)(d) }},
		},
		"state_unwritable":   {{cannot: "who runs the tests may be allowed to write everywhere"}},
		"state_no_room":      {{cannot: "there is no full disk to put the state file on"}},
		"state_remote":       {{cannot: "there is no network file system to put the state file on"}},
		"proxy_wrong":        {{fault: sets("HTTPS_PROXY", "http://127.0.0.1:1")}, {fault: sets("https_proxy", "://")}},
		"certificates_wrong": {{fault: func(d *counter) { sets("SSL_CERT_FILE", d.file("no certificate"))(d) }}, {fault: sets("SSL_CERT_FILE", "/nowhere/certs.pem")}},
		"callback_wrong":     {{fault: sets("ESHOPCTL_SHOPIFY_CALLBACK_URL", "https://example.com/callback")}, {fault: sets("ESHOPCTL_SHOPIFY_CALLBACK_URL", "nonsense")}},
		"callback_busy":      {{fault: busy, person: func(*counter) { listener.Close() }}},
		"site_wrong": {{
			fault: func(d *counter) {
				connected(d)
				d.settings["KEPT"] = d.settings["ESHOPCTL_SHOPIFY_URL"]
				sets("ESHOPCTL_SHOPIFY_URL", "")(d)
			},
			person: func(d *counter) { d.settings["ESHOPCTL_SHOPIFY_URL"] = d.settings["KEPT"] },
		}},
		"key_unusable": {
			{fault: func(d *counter) { connected(d); sets("XDG_CONFIG_HOME", filepath.Join(d.folder, "elsewhere"))(d) }},
			{fault: then(imported, sets("ESHOPCTL_KEY", "another key of thirty-two characters and more"))},
		},
		"app_other":        {{fault: then(connected, sets("ESHOPCTL_SHOPIFY_CLIENT_ID", "another"))}},
		"app_unknown":      {{fault: sets("ESHOPCTL_SHOPIFY_CLIENT_SECRET", ""), person: sets("ESHOPCTL_SHOPIFY_CLIENT_SECRET", "known")}, {fault: sets("ESHOPCTL_SHOPIFY_CLIENT_ID", ""), person: sets("ESHOPCTL_SHOPIFY_CLIENT_ID", "known")}},
		"clock_impossible": {{fault: func(d *counter) { d.now = func() time.Time { return time.Unix(1, 0) } }, person: clock(0)}},
		"clock_skewed":     {{fault: then(connected, clock(6*time.Minute)), person: clock(0)}, {fault: then(connected, clock(-time.Hour)), person: clock(0)}},

		"never_connected": {{fault: nothing, names: own}, {fault: then(connected, sets("ESHOPCTL_STORE", "second")), names: strings.NewReplacer("HANDLE.myshopify.com", sandboxShop)}},
	}
}

// sandboxShop is the other shop that is served.
const sandboxShop = sandboxtest.GeneratedDomain
