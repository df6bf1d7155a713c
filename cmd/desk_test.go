package cmd

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/loopback"
)

// desk is where an operator sits: a home folder, a sandbox and the program.
type desk struct {
	t         testing.TB
	home      string
	shop      *sandboxtest.Shop
	server    *sandboxtest.Server
	variables []string
	state     string // "" for where it lies by default
	program   string // "" for eshopctl as it is tested
}

func newDesk(t testing.TB, shop *sandboxtest.Shop) *desk {
	t.Helper()
	return newDeskWith(t, nil, shop)
}

// newDeskWith is a desk with several shops, the first of them in shop, and
// something between the program and the sandbox.
func newDeskWith(t testing.TB, wrap func(http.Handler) http.Handler, shops ...*sandboxtest.Shop) *desk {
	t.Helper()
	address, err := loopback.Address()
	if err != nil {
		t.Fatal(err)
	}
	callback := "http://" + address + "/callback"
	for _, shop := range shops {
		shop.AutoApprove(true)
	}
	server, err := sandboxtest.Start(sandboxtest.Options{
		App: sandboxtest.App{RedirectURLs: []string{callback}}, Shops: shops, BucketSize: 1e6, RestoreRate: 1e6, Wrap: wrap,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	variables := append(server.Env(), "ESHOPCTL_SHOPIFY_CALLBACK_URL="+callback)
	return &desk{t: t, home: t.TempDir(), shop: shops[0], server: server, variables: append(variables, noStrangers(t)...)}
}

// statePath is where the desk's state file lies.
func (d *desk) statePath() string {
	if d.state != "" {
		return d.state
	}
	return filepath.Join(d.home, ".local", "state", "eshopctl", "state.db")
}

// command is the program with these arguments, in its own process.
func (d *desk) command(args ...string) *exec.Cmd {
	command := exec.Command(cmp.Or(d.program, "eshopctl"), args...)
	command.Env = append([]string{"HOME=" + d.home, "PATH=" + os.Getenv("PATH"), noSleep}, d.variables...)
	return command
}

// noSleep keeps processes under the race detector from sleeping for a second at
// their end; the tests start a thousand of them.
const noSleep = "GORACE=atexit_sleep_ms=0"

func (d *desk) mustRun(args ...string) string {
	d.t.Helper()
	printed, complained, status := d.run(args...)
	if status != 0 {
		d.t.Fatalf("eshopctl %v: exit status %d\n%s%s", args, status, printed, complained)
	}
	return printed
}

// run runs the program to its end.
func (d *desk) run(args ...string) (printed, complained string, status int) {
	d.t.Helper()
	command := d.command(args...)
	var out, errors bytes.Buffer
	command.Stdout, command.Stderr = &out, &errors
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	for _, text := range []string{out.String(), errors.String()} {
		for _, secret := range append(d.server.Secrets(), issued.FindString(text)) {
			if len(secret) > 11 && strings.Contains(text, secret) {
				d.t.Errorf("eshopctl %v prints the secret %s", args, secret)
			}
		}
	}
	return out.String(), errors.String(), command.ProcessState.ExitCode()
}

// digest stands for the content of the catalogue, without what differs from run
// to run.
func (d *desk) digest() string {
	d.t.Helper()
	db, err := openSQL(d.statePath())
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	sum := sha256.New()
	for _, table := range importer.Tables() {
		line := "''"
		for _, column := range table.Columns {
			line += " || quote(" + column.Name + ")"
		}
		rows, err := db.Query("SELECT " + line + " FROM " + table.Name + " ORDER BY 1")
		if err != nil {
			d.t.Fatal(err)
		}
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				d.t.Fatal(err)
			}
			fmt.Fprintln(sum, table.Name, line)
		}
		rows.Close()
	}
	return string(sum.Sum(nil))
}

func copyFolder(t testing.TB, from, to string) {
	t.Helper()
	err := filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, rel), 0o700)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), content, 0o600)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runIDs are the ids of runs in a text, in their order.
func runIDs(text string) []string {
	return regexp.MustCompile(`[0-9]{8}-[0-9]{4}-[0-9a-z]{8}`).FindAllString(text, -1)
}
