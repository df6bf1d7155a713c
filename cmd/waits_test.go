package cmd

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// patienceTyped is little, and more than it takes until a wait is told.
const patienceTyped = "3500ms"

// wait is something that a command waits for without end.
type wait struct {
	name  string
	begin func(*desk)
	line  string
	told  string // behind "waiting for "
	ended int    // after patienceTyped
	says  string
}

// switched is a wait that a switch of the sandbox begins.
func switched(switches ...string) func(*desk) {
	return func(d *desk) {
		for _, typed := range switches {
			if typed == "expire-tokens" {
				d.server.ExpireTokens(teaShop)
			} else if err := d.server.Flip(teaShop, typed); err != nil {
				d.t.Fatal(err)
			}
		}
	}
}

// held is a wait for another program, this one, that has the state file.
func held(statements string) func(*desk) {
	return func(d *desk) {
		db, err := openSQL(d.statePath())
		if err != nil {
			d.t.Fatal(err)
		}
		d.t.(*testing.T).Cleanup(func() { db.Close() })
		db.SetMaxOpenConns(1)
		if _, err := db.Exec(statements); err != nil {
			d.t.Fatal(err)
		}
	}
}

const (
	writing    = "BEGIN IMMEDIATE"
	exclusive  = "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE"
	silentShop = "hang=graphqlx99"
)

var waits = []wait{
	{"an answer that does not begin", switched(silentShop), "import preview --reader paged", teaShop + " to answer", exit.Temporary, "no answer came in time"},
	{"an answer to a probe", switched(silentShop), "status --probe", teaShop + " to answer", exit.Done, "no answer came in time"},
	{"an answer to the doctor", switched(silentShop), "doctor", teaShop + " to answer", exit.Failed, "no answer came in time"},
	{"the token endpoint", switched("expire-tokens", "hang=tokenx99"), "import preview", teaShop + " to answer", exit.Temporary, "no answer came in time"},
	{"the token of a connect", switched("hang=tokenx99"), "connect shopify --shop tea-and-cups --auth client-credentials", teaShop + " to answer", exit.Connect, "no answer came in time"},
	{"a result file", switched("hang=filex99"), "import preview --reader bulk", "to answer", exit.Temporary, "no answer came in time"},
	{"half a result file", switched("hang=half-filex99"), "reconcile --reader bulk", "the rest of an answer of ", exit.Temporary, "stopped in the middle"},
	{"an operation that stands still", switched("bulk-stuck=9"), "import preview --reader bulk", teaShop + ", whose bulk operation stands at 0 objects", exit.Temporary, "made no progress"},
	{"another writer", held(writing), "import run --yes", "cmd.test (process %d), which writes into the state file", exit.Locked, "waited 3.5s for "},
	{"another writer, to prune", held(writing), "runs prune --keep 5", "cmd.test (process %d), which writes into the state file", exit.Locked, "waited 3.5s for "},
	{"a locked file, to look", held(exclusive), "catalog stock", "cmd.test (process %d), which keeps the state file", exit.Locked, "waited 3.5s for "},
	{"a locked file, to write", held(exclusive), "import preview", "cmd.test (process %d), which keeps the state file", exit.Locked, "waited 3.5s for "},
}

// Whatever is waited for without end is told, with the time, in a log as well; it ends
// with --patience, and with Ctrl-C within a second.
func TestEveryWaitIsToldAndEnds(t *testing.T) {
	t.Parallel()
	var waiting []*waiter
	for _, w := range campaign.Some(t, "waits", waits, 6, len(waits)) {
		d := newDesk(t, sandboxtest.DefaultShop())
		d.server.Shop(teaShop).SameOrganisation(true)
		d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
		w.begin(d)
		waiting = append(waiting, &waiter{wait: w, desk: d})
	}
	for _, w := range waiting { // all at a time
		w.start("--patience", patienceTyped)
	}
	for _, w := range waiting {
		w.endsByPatience()
		w.start()
	}
	for _, w := range waiting {
		w.isTold()
		w.endsByInterrupt()
	}
}

// waiter is a command that waits.
type waiter struct {
	wait
	*desk
	command *exec.Cmd
	said    *lines
}

func (w *waiter) start(flags ...string) {
	w.t.Helper()
	w.command, w.said = w.desk.command(append(strings.Fields(w.line), flags...)...), &lines{}
	w.command.Stdout, w.command.Stderr = w.said, w.said
	if err := w.command.Start(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *waiter) endsByPatience() {
	w.t.Helper()
	_ = w.command.Wait() // the status says it
	ended, said := w.command.ProcessState.ExitCode(), w.said.String()
	if ended != w.ended || !strings.Contains(said, w.says) || strings.Contains(said, "backup") {
		w.t.Errorf("%s: exit status %d, want %d\n%s", w.line, ended, w.ended, said)
	}
	w.tells()
}

// isTold waits until the wait is told.
func (w *waiter) isTold() {
	for end := time.Now().Add(30 * time.Second); !strings.Contains(w.said.String(), " UTC at the latest") && time.Now().Before(end); {
		time.Sleep(10 * time.Millisecond)
	}
	w.tells()
}

func (w *waiter) tells() {
	w.t.Helper()
	told := w.told
	if strings.Contains(told, "%d") {
		told = fmt.Sprintf(told, os.Getpid())
	}
	if said := w.said.String(); !strings.Contains(said, "waiting for ") || !strings.Contains(said, told) || !strings.Contains(said, " UTC at the latest") {
		w.t.Errorf("%s does not say that it waits for %q:\n%s", w.line, told, said)
	}
}

func (w *waiter) endsByInterrupt() { w.endsInterrupted(exit.Interrupted, "interrupted") }

// endsInterrupted makes sure that the command ends within a second when it is stopped.
func (w *waiter) endsInterrupted(ended int, says string) {
	w.t.Helper()
	began := time.Now()
	if err := w.command.Process.Signal(os.Interrupt); err != nil {
		w.t.Fatal(err)
	}
	kill := time.AfterFunc(20*time.Second, func() { _ = w.command.Process.Kill() }) // it does not end by itself
	defer kill.Stop()
	_ = w.command.Wait() // the status says it
	got, said := w.command.ProcessState.ExitCode(), w.said.String()
	if took := time.Since(began); got != ended || took > time.Second+slack {
		w.t.Errorf("%s: interrupted, it ends with %d after %v\n%s", w.line, got, took, said)
	}
	if !strings.Contains(said, says) || strings.Contains(said, "could not be dropped") {
		w.t.Errorf("%s: interrupted, it says\n%s", w.line, said)
	}
}

// slack is what a machine with other things to do may add.
const slack = 3 * time.Second

// Where the token endpoint names a time, it is waited for; longer than patience allows
// is told at once.
func TestTokenEndpointNamesATime(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	switched("expire-tokens", "retry-after=3.2")(d)
	_, said, ended := d.run("import", "preview")
	if ended != exit.Done || !strings.Contains(said, "waiting for "+teaShop+", which asks for fewer requests; until ") {
		t.Errorf("exit status %d\n%s", ended, said)
	}
	switched("expire-tokens", "retry-after=61x9")(d)
	began := time.Now()
	_, said, ended = d.run("reconcile", "--patience", "1m")
	if ended != exit.Temporary || !strings.Contains(said, "it asks to come again after 1m1s, at ") || !strings.Contains(said, "longer than --patience 1m") || time.Since(began) > 20*time.Second {
		t.Errorf("exit status %d after %v\n%s", ended, time.Since(began), said)
	}
}

// Who waits for a shop and is interrupted does not wait for another program as well
// that holds the state file by then, whose entry in the history stays open; nor does
// who has no patience left.
func TestNobodyWaitsOnceMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line  string
		stop  os.Signal
		ended int

		within time.Duration
	}{
		{"import preview --reader paged", os.Interrupt, exit.Interrupted, time.Second},
		{"reconcile --patience 5s", nil, exit.Temporary, 4 * time.Second}, // of which 2 are left when it is told
	} {
		d := newDesk(t, sandboxtest.DefaultShop())
		d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
		switched(silentShop)(d)
		w := &waiter{wait: wait{line: c.line, told: teaShop + " to answer"}, desk: d}
		w.start()
		w.isTold()
		held(writing)(d)
		began := time.Now()
		if c.stop != nil {
			if err := w.command.Process.Signal(c.stop); err != nil {
				t.Fatal(err)
			}
		}
		_ = w.command.Wait() // the status says it
		ended, said := w.command.ProcessState.ExitCode(), w.said.String()
		if took := time.Since(began); ended != c.ended || took > c.within+slack || strings.Contains(said, "could not be dropped") {
			t.Errorf("%s: it ends with %d after %v\n%s", c.line, ended, took, said)
		}
	}
}

// A run that was refused something asks once more what is granted, and one that failed
// has that to write. Both end as all waits do, when somebody stops the program.
func TestLastWordsEndByInterrupt(t *testing.T) {
	t.Parallel()
	refused := newDesk(t, sandboxtest.DefaultShop())
	refused.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	switched("deny-field=inventoryLevels", "hang=after-refusalx99")(refused)
	asks := &waiter{wait: wait{line: "import preview --reader paged", told: teaShop + " to answer"}, desk: refused}
	asks.start()

	answers := make(chan struct{}) // the shop waits for it, and is gone then
	var asked atomic.Bool
	gone := newDeskWith(t, func(shop http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if asked.Load() {
				<-answers
				http.NotFound(w, r)
				return
			}
			shop.ServeHTTP(w, r)
		})
	}, sandboxtest.DefaultShop())
	gone.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	asked.Store(true)
	writes := &waiter{wait: wait{line: "reconcile", told: "cmd.test (process %d), which writes into the state file"}, desk: gone}
	writes.start()
	for !strings.Contains(gone.mustRun("runs", "list", "--status", "running", "-o", "jsonl"), `"running"`) {
		time.Sleep(20 * time.Millisecond)
	}
	held(writing)(gone)
	close(answers)

	asks.isTold()
	writes.isTold()
	asks.endsByInterrupt()
	writes.endsInterrupted(exit.Temporary, "404 page not found") // what it failed for is known
}
