package cmd

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// formsOf lists how a secret may look: as it is, backwards, in hexadecimal, in
// base64 wherever it stands in a longer text, percent-encoded, and as JSON
// escapes.
func formsOf(secret string) map[string]string {
	var percent, escaped strings.Builder
	for _, b := range []byte(secret) {
		fmt.Fprintf(&percent, "%%%02X", b)
		fmt.Fprintf(&escaped, `\u%04x`, b)
	}
	backwards := []byte(secret)
	slices.Reverse(backwards)
	forms := map[string]string{
		"plain": secret, "backwards": string(backwards), "percent-encoded": percent.String(), "JSON escapes": escaped.String(),
		"hex": hex.EncodeToString([]byte(secret)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))),
	}
	for shift := range 3 {
		// Of the first and the last group of four letters some bits belong to the neighbours.
		text := []byte(strings.Repeat("x", shift) + secret)
		text = text[:len(text)/3*3]
		from := (shift + 2) / 3 * 4
		forms[fmt.Sprintf("base64, shifted by %d", shift)] = base64.StdEncoding.EncodeToString(text)[from:]
		forms[fmt.Sprintf("base64 for addresses, shifted by %d", shift)] = base64.URLEncoding.EncodeToString(text)[from:]
	}
	return forms
}

// assertHidden looks for secrets in every file below folder but the key.
func assertHidden(t testing.TB, when, folder string, secrets []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := string(content)
		if entry.Name() == "key" {
			text = ""
		}
		for _, secret := range secrets {
			for form, look := range formsOf(secret) {
				if len(secret) > 11 && strings.Contains(text, look) {
					t.Errorf("%s: %s holds a secret (%s)", when, path, form)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheScanFindsSecrets(t *testing.T) {
	const secret = "shpat_0123456789abcdef/+~?"
	for _, hidden := range []string{
		secret, base64.StdEncoding.EncodeToString([]byte(secret)), base64.URLEncoding.EncodeToString([]byte("x" + secret)),
		base64.RawStdEncoding.EncodeToString([]byte("token=" + secret + ";")), base64.StdEncoding.EncodeToString([]byte(`{"t":"` + secret + `"}`)),
		fmt.Sprintf("%x", secret), fmt.Sprintf("%X", secret),
	} {
		found := false
		for _, form := range formsOf(secret) {
			found = found || strings.Contains(hidden, form)
		}
		if !found {
			t.Errorf("not found in %s", hidden)
		}
	}
}

// TestSecretsStayInside goes through the life of a connection, well and badly,
// and then looks for every secret there was in everything that was written,
// printed or handed on.
//
// hazard S1, S2, S4, S10, S11, O20
func TestSecretsStayInside(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.DefaultShop())
	saw := filepath.Join(d.home, "browser-saw")
	state := filepath.Join(d.home, ".local", "state", "eshopctl", "state.db")
	d.variables = append(d.variables, "PRINTED="+filepath.Join(d.home, "printed"), "BROWSER_SAW="+saw)
	const planted = "CANARY-planted-secret-value"
	run := func(line string, more ...string) {
		command := d.command(strings.Fields(line)...)
		command.Env = append(command.Env, more...)
		if out, err := command.CombinedOutput(); err != nil && len(more) == 0 {
			t.Errorf("eshopctl %s: %v\n%s", line, err, out)
		}
		assertHidden(t, line, d.home, append(d.server.Secrets(), planted))
	}
	const connect = "connect shopify --store main --shop tea-and-cups --auth "
	run(connect + "browser -v")
	run("status --probe -o json")
	d.server.ExpireTokens(teaShop)
	run("import run --yes -v")
	run("import preview -o json")
	run("status -o jsonl")
	_ = d.command("doctor").Run()
	run(connect+"browser --timeout 200ms", "ESHOPCTL_SHOPIFY_CLIENT_SECRET="+planted)
	run(connect+"client-credentials", "ESHOPCTL_SHOPIFY_CLIENT_SECRET="+planted)
	run(connect+"token", "ESHOPCTL_SHOPIFY_ACCESS_TOKEN="+planted)
	run(connect+"token", "ESHOPCTL_SHOPIFY_ACCESS_TOKEN="+d.server.AccessToken(teaShop))
	run("status --probe", "ESHOPCTL_KEY="+planted+planted)
	sealed := sealedIn(t, state)
	if len(sealed) == 0 {
		t.Fatal("nothing is sealed: the test tests nothing")
	}
	run("disconnect shopify --store main --yes --uninstall")
	for _, blob := range sealed {
		assertHidden(t, "after the disconnect, sealed", d.home, []string{blob})
	}

	content, err := os.ReadFile(saw)
	if err != nil || !regexp.MustCompile(`(?m)^http://127\.[\d.]+:\d+/start/\w+$`).Match(content) {
		t.Errorf("the browser was started with %s %v", content, err)
	}
	for _, name := range []string{"CLIENT_SECRET", "ACCESS_TOKEN", "state=", "ESHOPCTL_KEY="} {
		if strings.Contains(string(content), name) {
			t.Errorf("the browser got %s:\n%s", name, content)
		}
	}
}

// sealedIn lists what is sealed in a state file, without what all have in common.
func sealedIn(t *testing.T, path string) (blobs []string) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT sealed FROM secrets")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var blob []byte
		if err := rows.Scan(&blob); err != nil {
			t.Fatal(err)
		}
		blobs = append(blobs, string(blob[9:]))
	}
	return blobs
}
