package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestBreak breaks the program on purpose: at named moments, at every event of its
// storage, by full disks and lost power. It takes a sample; the whole campaign is
//
//	CAMPAIGN=full go test ./cmd -run 'Break|Crowd|Faults|Damaged' -v -timeout 4h
//
// The program is built with the tag failpoints, and is otherwise the one that is
// released.
func TestBreak(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build the program with")
	}
	b := &breaker{program: filepath.Join(t.TempDir(), "eshopctl"), figures: map[string]int{}}
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-tags", "failpoints", "-ldflags=-s -w", "-o", b.program, "..").CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	t.Run("moments", b.moments)
	t.Run("storage", b.storage)
	t.Run("power", b.power)
	t.Run("system", b.system)
	t.Run("signals", b.signals)
	t.Run("workflow", b.workflow)
	t.Run("mounts", b.mounts)
	t.Run("entries", b.entries)
	for _, what := range slices.Sorted(maps.Keys(b.figures)) {
		t.Logf("%6d %s", b.figures[what], what)
	}
}

// breaker runs the program that can be broken, and counts what it did.
type breaker struct {
	program string

	mu      sync.Mutex
	figures map[string]int
}

func (b *breaker) count(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.figures[what]++
}

// desk is a new desk with the program that can be broken.
func (b *breaker) desk(t *testing.T, shop *sandboxtest.Shop) *desk {
	d := newDesk(t, shop)
	d.program = b.program
	return d
}

// broken is how a command ended that was to break.
type broken struct {
	printed, told string
	status        int // -1: killed
}

// breaks runs a command that is to break; the variables say where.
func (d *desk) breaks(line string, variables ...string) broken {
	d.t.Helper()
	command := d.command(strings.Fields(line)...)
	command.Env = append(command.Env, variables...)
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	if err := command.Run(); err != nil && command.ProcessState == nil {
		d.t.Fatal(err)
	}
	if ended, ok := command.ProcessState.Sys().(syscall.WaitStatus); ok && ended.Signaled() && ended.Signal() != syscall.SIGKILL {
		d.t.Errorf("%s dies of %s:\n%s", line, ended.Signal(), told.String())
	}
	return broken{out.String(), told.String(), command.ProcessState.ExitCode()}
}

// event is a line of the log of the program that can be broken.
type event struct {
	Op, Path string
	At       int64
	Data     []byte
}

// logged runs a command undisturbed and gives its log.
func (d *desk) logged(line string) []event {
	d.t.Helper()
	got, events := d.breaksLogged(line)
	if got.status != exit.Done {
		d.t.Fatalf("%s: exit status %d\n%s", line, got.status, got.told)
	}
	return events
}

// breaksLogged runs a command that is to break, and gives its log until then.
func (d *desk) breaksLogged(line string, variables ...string) (got broken, events []event) {
	d.t.Helper()
	log := filepath.Join(d.t.TempDir(), "log")
	got = d.breaks(line, append(variables, "ESHOPCTL_FAILPOINT_LOG="+log)...)
	content, err := os.ReadFile(log)
	if err != nil {
		d.t.Fatal(err)
	}
	for decoder := json.NewDecoder(bytes.NewReader(content)); decoder.More(); {
		var e event
		if err := decoder.Decode(&e); err != nil {
			d.t.Fatal(err)
		}
		events = append(events, e)
	}
	return got, events
}

// hasState reports whether there is a state file.
func (d *desk) hasState() bool {
	_, err := os.Lstat(d.statePath())
	return err == nil
}

// content is the digest of the catalogue, "" where there is none yet.
func (d *desk) content() string {
	d.t.Helper()
	if !d.hasState() || isOld(d.t, d.statePath()) {
		return ""
	}
	return d.digest()
}

// assertInvariants checks everything that must hold when all is settled.
func (d *desk) assertInvariants() {
	d.t.Helper()
	assertInvariants(d.t, d.home)
	assertHidden(d.t, "in the end", d.home, d.server.Secrets())
}

// assertStock makes sure that every level in the catalogue is the shop's.
//
// hazard D5, D14
func (d *desk) assertStock() {
	d.t.Helper()
	db, err := openSQL(d.statePath())
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.Query("SELECT inventory_item_id, warehouse_external_id, available FROM stock")
	if err != nil {
		d.t.Fatal(err)
	}
	defer rows.Close()
	held := map[string]int{}
	for rows.Next() {
		var item, warehouse string
		var available int
		if err := rows.Scan(&item, &warehouse, &available); err != nil {
			d.t.Fatal(err)
		}
		held[item+" at "+warehouse] = available
	}
	want := map[string]int{}
	for _, level := range d.shop.Truth().Levels {
		want[level.InventoryItemID+" at "+level.LocationID] = level.Quantities["available"]
	}
	for place, n := range want {
		if got, ok := held[place]; !ok || got != n {
			d.t.Errorf("%s the catalogue holds %d (%t), the shop %d", place, got, ok, n)
		}
	}
	if len(held) != len(want) {
		d.t.Errorf("%d levels, want %d", len(held), len(want))
	}
}

// assertConverged makes sure that one more import finds nothing to do.
//
// hazard P24
func (d *desk) assertConverged() {
	d.t.Helper()
	before := d.digest()
	var run struct {
		Counts map[string]map[string]int `json:"counts"`
	}
	printed := d.mustRun("import", "run", "--store", "main", "--yes", "-o", "json")
	if err := json.Unmarshal([]byte(printed), &run); err != nil || len(run.Counts) == 0 {
		d.t.Fatalf("%v in %s", err, printed)
	}
	for table, counts := range run.Counts {
		for what, n := range counts {
			if n != 0 && what != "read" && what != "unchanged" && what != "rejected" {
				d.t.Errorf("the run after it has %d %s %s", n, table, what)
			}
		}
	}
	if d.digest() != before {
		d.t.Error("the run after it changes the catalogue")
	}
}

// variable names the moment at which the program is to break, and how.
func variable(moment, action string) string {
	return fmt.Sprintf("ESHOPCTL_FAILPOINT=%s=%s", moment, action)
}
