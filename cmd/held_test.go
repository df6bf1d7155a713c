package cmd

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// writeMain begins to write into a state file, or ends with 1 if another process
// holds it.
func writeMain() {
	db, err := openSQL(os.Args[1])
	if err == nil {
		_, err = db.Exec("PRAGMA busy_timeout = 0; BEGIN IMMEDIATE; ROLLBACK")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// A process that closes a file of the database loses all locks that it has there
// (https://www.sqlite.org/howtocorrupt.html, 2.2). No command does: what another
// connection of the same process holds stays held.
//
// hazard P14
func TestNoCommandLosesLocks(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	path := filepath.Join(d.folder, "eshopctl", "state.db")
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	holder, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	mayWrite := func() bool { return exec.Command("write-at-once", path).Run() == nil }
	if !mayWrite() {
		t.Fatal("nobody holds the file, and it cannot be written")
	}
	if _, err := holder.ExecContext(t.Context(), "BEGIN IMMEDIATE"); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for i, command := range []string{
		"status", "status --check", "status --metrics-file " + folder + "/m.prom", "doctor", "runs list", "runs show latest", "runs warnings latest", "runs changes latest",
		"runs show latest -o html --out " + folder + "/r.html", "runs show latest -o html --out " + path, "runs compare latest latest", "catalog products -o csv", "warehouses list",
		"state info", "state backup " + folder + "/copy.db", "state backup " + path, "version", "help environment", "__complete runs show ",
	} {
		d.run(command)
		if mayWrite() {
			t.Fatalf("eshopctl %s lost the lock", command)
		}
		if i == 0 && d.run(command).ended != exit.Done {
			t.Errorf("eshopctl %s cannot look while another process writes", command)
		}
	}
	if beside, err := os.Open(path + "-shm"); err != nil || beside.Close() != nil || !mayWrite() {
		t.Errorf("a careless open loses no lock here (%v): the test tests nothing", err)
	}
}

// Who looks at a list for long sees it as it was, and holds the log of the database
// back. Runs go on meanwhile, and the log is begun anew when nobody looks any more.
//
// hazard P22
func TestLongReader(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.Generate(300))
	d.mustRun("connect", "shopify", "--store", "main", "--shop", d.shop.Domain(), "--auth", "browser")
	d.mustRun("import", "run", "--yes")
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	reader := d.command("catalog", "variants", "-o", "jsonl") // more than fits into a pipe
	reader.Stdout = in
	if err := reader.Start(); err != nil {
		t.Fatal(err)
	}
	in.Close()
	if _, err := out.Read(make([]byte, 1)); err != nil {
		t.Fatal(err)
	}
	for _, variant := range d.shop.Truth().Variants {
		if err := d.shop.SetPrice(*variant.SKU, "100.00"); err != nil {
			t.Fatal(err)
		}
	}
	d.mustRun("import", "run", "--yes")
	db, err := openSQL(d.statePath())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if rest, err := io.ReadAll(out); err != nil || strings.Contains(string(rest), `"100.00"`) {
		t.Errorf("the list is not what it was when it began (%v)", err)
	}
	if err := reader.Wait(); err != nil {
		t.Error(err)
	}
	var busy, pages, copied int
	if err := db.QueryRow("PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &pages, &copied); err != nil || busy != 0 {
		t.Errorf("%d of %d pages of the log are held back though nobody reads (%v)", pages-copied, pages, err)
	}
	if info, err := os.Stat(d.statePath() + "-wal"); err == nil && info.Size() > 0 {
		t.Errorf("%d bytes of the log are left", info.Size())
	}
	assertInvariants(t, d.home)
}

// A run that is stopped while it reads, as a laptop that sleeps, holds its store,
// and goes on when it wakes, though its token has ended and its connections are
// gone.
//
// hazard P20
func TestRunSleeps(t *testing.T) {
	asked, wake := make(chan struct{}), make(chan struct{})
	var asleep atomic.Bool
	d := newDeskWith(t, func(shop http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if asleep.CompareAndSwap(true, false) {
				close(asked)
				<-wake
				panic(http.ErrAbortHandler)
			}
			shop.ServeHTTP(w, r)
		})
	}, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	asleep.Store(true)
	run := d.command("import", "run", "--yes")
	var said strings.Builder
	run.Stdout, run.Stderr = &said, &said
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	if err := run.Process.Signal(syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	d.server.ExpireTokens(teaShop)
	close(wake)
	if _, told, status := d.run("import", "run", "--yes"); status != exit.Locked {
		t.Errorf("meanwhile another run ends with %d: %s", status, told)
	}
	if err := run.Process.Signal(syscall.SIGCONT); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		t.Errorf("%v: %s", err, said.String())
	}
	d.assertStock()
	d.assertConverged()
	assertInvariants(t, d.home)
}

// No service that keeps secrets is ever asked: one that hangs hangs nobody.
//
// hazard S12
func TestNoKeyringIsAsked(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	socket := filepath.Join(t.TempDir(), "bus")
	bus, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	var met atomic.Int32
	go func() {
		for {
			if _, err := bus.Accept(); err != nil {
				return
			}
			met.Add(1) // and never answers
		}
	}()
	defer bus.Close()
	d.variables = append(d.variables, "DBUS_SESSION_BUS_ADDRESS=unix:path="+socket, "SSH_AUTH_SOCK="+socket, "GNOME_KEYRING_CONTROL="+filepath.Dir(socket))
	for _, command := range []string{"connect shopify --store main --shop tea-and-cups --auth browser", "import run --yes", "status --probe", "doctor", "disconnect shopify --yes"} {
		d.run(strings.Fields(command)...)
	}
	if n := met.Load(); n != 0 {
		t.Errorf("somebody asked a bus %d times", n)
	}
	if !strings.Contains(d.mustRun("state", "info"), filepath.Join(d.home, ".config", "eshopctl", "key")) {
		t.Error("it is not said where the key lies")
	}
}
