//go:build unix

package cmd

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// newPipe is a pipe with a name.
func (d *desk) newPipe(name string) string {
	d.t.Helper()
	path := filepath.Join(d.home, name)
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		d.t.Skip(err)
	}
	return path
}

// Whoever waits for a pipe into which nobody writes gives way to a signal at once.
func TestPipesGiveWayToSignals(t *testing.T) {
	for name, test := range map[string]struct {
		signal   syscall.Signal
		variable string // that names the pipe; "" for --config
	}{
		"configuration":        {syscall.SIGTERM, ""},
		"configuration, typed": {syscall.SIGINT, "ESHOPCTL_CONFIG"},
		"client secret":        {syscall.SIGTERM, "ESHOPCTL_SHOPIFY_CLIENT_SECRET_FILE"},
		"token":                {syscall.SIGINT, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN_FILE"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			path := d.newPipe("pipe")
			command := d.command("status")
			if test.variable == "" {
				command = d.command("status", "--config", path)
			} else {
				command.Env = append(command.Env, "ESHOPCTL_SHOPIFY_CLIENT_SECRET=", test.variable+"="+path)
			}
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			writer, err := os.OpenFile(path, os.O_WRONLY, 0) // when it is open somebody reads
			if err != nil {
				t.Fatal(err)
			}
			defer writer.Close()
			began := time.Now()
			if err := command.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			err = command.Wait()
			if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != exit.Interrupted || time.Since(began) > 5*time.Second {
				t.Errorf("after %s: %v", time.Since(began), err)
			}
		})
	}
}

// What comes through a pipe counts for every store, though it comes once only.
func TestSettingsThroughAPipe(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
	path := d.newPipe("pipe")
	command := d.command("import", "run", "--all-stores", "--yes", "--config", path)
	go func() {
		if writer, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			_, _ = writer.WriteString("max_create: 1\n")
			writer.Close()
		}
	}()
	printed, err := command.CombinedOutput()
	if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != exit.Guard || !strings.Contains(string(printed), "--max-create") {
		t.Errorf("%v: %s", err, printed)
	}
}
