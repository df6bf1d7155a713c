package cmd

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// TestInterrupt stops a reading as Ctrl-C does: the run is recorded, nothing was
// written, and the message says how to go on.
func TestInterrupt(t *testing.T) {
	var silent atomic.Bool // the shop takes requests and does not answer
	desk := newDeskWith(t, func(shop http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if silent.Load() {
				_, _ = io.Copy(io.Discard, r.Body) // else nobody notices that the client went away
				<-r.Context().Done()
				return
			}
			shop.ServeHTTP(w, r)
		})
	}, sandboxtest.DefaultShop())
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser")
	silent.Store(true)
	for _, c := range []struct{ args, hint string }{
		{"import preview --reader paged", "next: eshopctl import preview --reader paged --store main\n"},
		{"import run --yes --max-missing=3", "next: eshopctl import run --yes --max-missing=3 --store main\n"},
	} {
		command := desk.command(strings.Fields(c.args)...)
		var complained bytes.Buffer
		command.Stderr = &complained
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		for !strings.Contains(desk.mustRun("runs", "list", "--status", "running", "-o", "jsonl"), `"running"`) {
			time.Sleep(20 * time.Millisecond)
		}
		if err := command.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		var ended *exec.ExitError
		if err := command.Wait(); !errors.As(err, &ended) || ended.ExitCode() != exit.Interrupted {
			t.Errorf("%s: %v\n%s", c.args, err, complained.String())
		}
		if !strings.Contains(complained.String(), c.hint) {
			t.Errorf("%s says\n%s\nwant\n%s", c.args, complained.String(), c.hint)
		}
		if listed := desk.mustRun("runs", "show", "latest"); !strings.Contains(listed, "interrupted") || !strings.Contains(listed, "Nothing was written") {
			t.Errorf("%s is recorded as\n%s", c.args, listed)
		}
	}
	assertInvariants(t, desk.home)
}

// Whoever stops a connect is told to type the same again, with what a connector
// does not remember.
func TestInterruptedConnect(t *testing.T) {
	desk := newDesk(t, sandboxtest.DefaultShop())
	command := desk.command("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser", "--no-browser", "--timeout", "2m")
	told, err := command.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var said []string
	for lines := bufio.NewScanner(told); lines.Scan(); {
		said = append(said, lines.Text())
		if strings.Contains(lines.Text(), "Waiting up to 2m") {
			if err := command.Process.Signal(os.Interrupt); err != nil {
				t.Fatal(err)
			}
		}
	}
	var ended *exec.ExitError
	if err := command.Wait(); !errors.As(err, &ended) || ended.ExitCode() != exit.Interrupted {
		t.Errorf("%v\n%s", err, said)
	}
	want := "  next: eshopctl connect shopify --store main --shop " + desk.shop.Domain() + " --auth browser --no-browser --timeout 2m"
	if !slices.Contains(said, want) {
		t.Errorf("it says\n%s\nwant\n%s", strings.Join(said, "\n"), want)
	}
}
