package cmd

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/sandbox"
)

// TestKill ends an import with SIGKILL at many moments. Law 2: whatever the
// moment, the catalogue is as it was or as it should be, and the next run brings
// it to where an undisturbed one does.
func TestKill(t *testing.T) {
	if testing.Short() {
		t.Skip("kills a process many times")
	}
	desk := newDesk(t, sandbox.Generate(150))
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser")
	desk.mustRun("import", "preview", "--store", "main")
	prepared := t.TempDir()
	copyFolder(t, desk.home, prepared)

	began := time.Now()
	desk.mustRun("import", "run", "latest", "--store", "main", "--yes")
	undisturbed := time.Since(began)
	want := desk.digest()

	random := rand.New(rand.NewPCG(1, 2))
	outcomes := map[string]int{}
	for range 25 {
		desk.home = t.TempDir()
		copyFolder(t, prepared, desk.home)
		empty := desk.digest()
		command := desk.command("import", "run", "latest", "--store", "main", "--yes")
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(undisturbed))))
		_ = command.Process.Kill() // it may have ended
		_ = command.Wait()
		switch desk.digest() {
		case empty:
			outcomes["as it was"]++
		case want:
			outcomes["as it should be"]++
		default:
			t.Fatal("the catalogue is neither as it was nor as it should be")
		}
		desk.mustRun("import", "run", "--store", "main", "--yes")
		if desk.digest() != want {
			t.Fatal("the run after the kill did not bring the catalogue to where it should be")
		}
		assertInvariants(t, desk.home)
	}
	t.Log(outcomes)
}

// desk is where an operator sits: a home folder, a sandbox and the program.
type desk struct {
	t         testing.TB
	home      string
	shop      *sandbox.Shop
	server    *sandbox.Server
	variables []string
}

func newDesk(t testing.TB, shop *sandbox.Shop) *desk {
	t.Helper()
	callback, err := freeCallback()
	if err != nil {
		t.Fatal(err)
	}
	shop.AutoApprove(true)
	server, err := sandbox.Start(sandbox.Options{
		App: sandbox.App{RedirectURLs: []string{callback}}, Shops: []*sandbox.Shop{shop}, BucketSize: 1e6, RestoreRate: 1e6,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return &desk{t: t, home: t.TempDir(), shop: shop, server: server, variables: append(server.Env(), "ESHOPCTL_SHOPIFY_CALLBACK_URL="+callback)}
}

// command is the program with these arguments, in its own process.
func (d *desk) command(args ...string) *exec.Cmd {
	command := exec.Command("eshopctl", args...)
	command.Env = append([]string{"HOME=" + d.home, "PATH=" + os.Getenv("PATH")}, d.variables...)
	return command
}

func (d *desk) mustRun(args ...string) string {
	d.t.Helper()
	command := d.command(args...)
	var printed, complained bytes.Buffer
	command.Stdout, command.Stderr = &printed, &complained
	if err := command.Run(); err != nil {
		d.t.Fatalf("eshopctl %v: %v\n%s%s", args, err, printed.String(), complained.String())
	}
	return printed.String()
}

// digest stands for the content of the catalogue, without what differs from run
// to run.
func (d *desk) digest() string {
	d.t.Helper()
	db, err := openSQL(filepath.Join(d.home, ".local", "state", "eshopctl", "state.db"))
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
