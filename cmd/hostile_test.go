package cmd

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// newTyped is a counter at which hostile things are typed: a connected store with a
// preview, and the names under which its folder stands in a corpus.
func newTyped(t *testing.T) *counter {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	delete(d.settings, "ESHOPCTL_SHOPIFY_CLIENT_SECRET") // it is stored now
	d.expect(exit.Done, "import preview --store main")
	if err := os.WriteFile(filepath.Join(d.folder, "empty"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	return d
}

// Every setting of the environment is taken or refused, and nothing of it obeyed.
//
// hazard O14, O15, H6, U2
func TestHostileSettings(t *testing.T) {
	d := newTyped(t)
	for _, c := range hostile.Cases(t, "environment") {
		setting, line, _ := strings.Cut(strings.ReplaceAll(c.Text, "{home}", d.folder), "\n")
		// The line ends with the last newline: values may hold some too.
		if i := strings.LastIndex(setting+"\n"+line, "\n"); i > len(setting) {
			whole := setting + "\n" + line
			setting, line = whole[:i], whole[i+1:]
		}
		name, value, _ := strings.Cut(setting, "=")
		before, was := d.settings[name]
		d.settings[name] = value
		d.refuses(t, "environment", c, d.runArgs(strings.Fields(line)...))
		if delete(d.settings, name); was {
			d.settings[name] = before
		}
	}
	d.expect(exit.Done, connectTea)
}

// Without a home folder nothing is looked for, or made, where the program happens
// to be started.
//
// hazard P7
func TestNoHome(t *testing.T) {
	d := newCounter(t)
	folder := t.TempDir()
	t.Chdir(folder)
	if err := os.MkdirAll(filepath.Join(".config", "eshopctl"), 0o700); err != nil {
		t.Fatal(err)
	}
	planted := filepath.Join(".config", "eshopctl", "config.yaml")
	if err := os.WriteFile(planted, []byte("output: json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	delete(d.settings, "XDG_CONFIG_HOME")
	delete(d.settings, "XDG_STATE_HOME")
	for _, home := range []string{"", "relative", "."} {
		d.settings["HOME"] = home
		d.expect(exit.Done, "version")
		for _, line := range []string{"status", connectTea, "import preview", "runs list"} {
			d.expect(exit.Usage, line, "HOME", "--state", "  next: ")
		}
		d.expect(exit.Failed, connectTea+" --state "+filepath.Join(folder, "state.db"), "ESHOPCTL_KEY_FILE")
	}
	d.settings["ESHOPCTL_KEY"] = strings.Repeat("k", 64)
	d.expect(exit.Done, connectTea+" --state "+filepath.Join(folder, "state.db"), "live")
	left, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		if name := entry.Name(); name != ".config" && !strings.HasPrefix(name, "state.db") {
			t.Errorf("left: %s", name)
		}
	}
}

// Configuration files are taken whole or refused whole.
//
// hazard D1, D3
func TestHostileConfigs(t *testing.T) {
	d := newTyped(t)
	file := filepath.Join(d.folder, "config.yaml")
	d.settings["ESHOPCTL_CONFIG"] = file
	for _, c := range hostile.Cases(t, "configs") {
		if err := os.WriteFile(file, []byte(c.Text), 0o600); err != nil {
			t.Fatal(err)
		}
		d.refuses(t, "configs", c, d.run("status"))
	}
}

// A run is named by its id, a beginning of it, or latest, and by nothing else.
//
// hazard T9, T10
func TestHostileRunIDs(t *testing.T) {
	d := newTyped(t)
	id := runIDs(d.expect(exit.Done, "runs list").stdout)[0]
	for _, c := range hostile.Cases(t, "run_ids") {
		typed := strings.ReplaceAll(c.Text, "{run}", id)
		d.refuses(t, "run_ids", c, d.runArgs("runs", "show", "--", typed))
		if c.Verdict == "0" {
			continue
		}
		for _, line := range []string{"runs warnings --", "runs changes --", "runs compare latest --", "import run --yes --"} {
			d.refuses(t, "run_ids", c, d.runArgs(append(strings.Fields(line), typed)...))
		}
	}
	if n := strings.Count(d.expect(exit.Done, "runs list -o jsonl").stdout, "\n"); n != 1 {
		t.Errorf("%d runs", n)
	}
}

// hazard S3, T10
func TestHostileFlags(t *testing.T) {
	d := newTyped(t)
	asked := len(d.server.Requests())
	for _, c := range hostile.Cases(t, "flags") {
		d.refuses(t, "flags", c, d.runArgs(strings.Split(c.Text, "\t")...))
	}
	if n := len(d.server.Requests()) - asked; n != 0 {
		t.Errorf("%d requests", n)
	}
	if n := strings.Count(d.expect(exit.Done, "runs list -o jsonl").stdout, "\n"); n != 1 {
		t.Errorf("%d runs", n)
	}
	d.standing("main", "live", "", "green")
}

// What is no shop is refused before anything is sent or written.
//
// hazard H1, H2, H3
func TestHostileShops(t *testing.T) {
	d := newCounter(t)
	for _, c := range hostile.Cases(t, "shops") {
		if c.Verdict != "refused" || strings.Trim(c.Text, " ") == "" {
			continue // the shop of --shop "" is asked for
		}
		for _, way := range []string{"browser", "client-credentials"} {
			c.Verdict = strconv.Itoa(exit.Usage)
			got := d.runArgs("connect", "shopify", "--store", "main", "--auth", way, "-o", "json", "--shop="+c.Text)
			d.refuses(t, "shops", c, got)
			var told struct {
				Error struct{ Code, Message, Hint string }
			}
			if err := json.Unmarshal([]byte(got.stdout), &told); err != nil || told.Error.Code != "usage" || told.Error.Hint == "" {
				t.Errorf("shops.txt:%d: %v %s", c.Line, err, got.stdout)
			}
		}
	}
	if n := len(d.server.Requests()); n != 0 {
		t.Errorf("%d requests", n)
	}
	d.standing("main", "inactive", "never_connected", "red")
}

// refuses checks what became of a case: the exit status that the corpus says,
// nothing in the output that a terminal obeys, and for an error what to do next.
func (d *counter) refuses(t *testing.T, corpus string, c hostile.Case, got printed) {
	t.Helper()
	want, err := strconv.Atoi(c.Verdict)
	if err != nil {
		t.Fatal(err)
	}
	if got.ended != want {
		t.Errorf("%s.txt:%d: %.200q: exit %d, want %d\n%.600s", corpus, c.Line, c.Text, got.ended, want, got.stderr)
	}
	if got.ended != 0 && !strings.Contains(got.stderr, "\n  next: ") {
		t.Errorf("%s.txt:%d: %.200q does not say what to do: %s", corpus, c.Line, c.Text, got.stderr)
	}
	if i := strings.IndexFunc(got.stdout+got.stderr, obeyed); i >= 0 {
		t.Errorf("%s.txt:%d: %.200q prints %.80q", corpus, c.Line, c.Text, (got.stdout + got.stderr)[i:])
	}
	if n := len(got.stdout + got.stderr); n > 20_000 {
		t.Errorf("%s.txt:%d: %.200q prints %d bytes", corpus, c.Line, c.Text, n)
	}
}

// obeyed reports whether a terminal does something else with r than to show it.
func obeyed(r rune) bool {
	return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar)
}
