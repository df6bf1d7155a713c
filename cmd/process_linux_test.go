package cmd

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"net/netip"
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

// waiting is a connect that waits for a browser which never comes.
func (d *desk) waiting() (command *exec.Cmd, callback string) {
	d.t.Helper()
	command = d.command("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser", "--no-browser")
	told, err := command.StderrPipe()
	if err != nil {
		d.t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = command.Process.Kill() })
	for lines := bufio.NewScanner(told); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "Waiting") {
			break
		}
	}
	for _, variable := range d.variables {
		if address, found := strings.CutPrefix(variable, "ESHOPCTL_SHOPIFY_CALLBACK_URL=http://"); found {
			callback, _, _ = strings.Cut(address, "/")
		}
	}
	if err := accepts(callback); err != nil {
		d.t.Fatalf("nobody listens: %v", err)
	}
	return command, callback
}

func accepts(address string) error {
	connection, err := net.Dial("tcp", address)
	if err == nil {
		connection.Close()
	}
	return err
}

// Stopped in whatever way, a connect that waits leaves the port free and says
// afterwards what it was.
//
// hazard O28
func TestConnectIsStopped(t *testing.T) {
	for name, test := range map[string]struct {
		signal syscall.Signal
		ended  int
	}{"interrupt": {syscall.SIGINT, exit.Interrupted}, "end": {syscall.SIGTERM, exit.Interrupted}, "kill": {syscall.SIGKILL, -1}} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			command, callback := d.waiting()
			if err := command.Process.Signal(test.signal); err != nil {
				t.Fatal(err)
			}
			err := command.Wait()
			if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != test.ended {
				t.Errorf("ended with %v", err)
			}
			listener, err := net.Listen("tcp", callback)
			if err != nil {
				t.Fatalf("the port is still taken: %v", err)
			}
			listener.Close()
			if card := d.mustRun("status", "-o", "json"); !strings.Contains(card, `"reason": "setup_interrupted"`) || !strings.Contains(card, `"state": "inactive"`) {
				t.Error(card)
			}
			d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser")
			assertInvariants(t, d.home)
		})
	}
}

// Only this machine can reach the callback.
//
// hazard O14
func TestOnlyLoopbackListens(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	command, callback := d.waiting()
	address := netip.MustParseAddrPort(callback)
	ip, number := address.Addr().As4(), address.Port()
	found := false
	for _, table := range []string{"tcp", "tcp6"} {
		content, err := os.ReadFile(fmt.Sprintf("/proc/%d/net/%s", command.Process.Pid, table))
		if err != nil {
			continue
		}
		for line := range strings.Lines(string(content)) {
			fields := strings.Fields(line)
			if len(fields) < 4 || fields[3] != "0A" || !strings.HasSuffix(fields[1], fmt.Sprintf(":%04X", number)) {
				continue
			}
			found = true
			if fields[1] != fmt.Sprintf("%02X%02X%02X%02X:%04X", ip[3], ip[2], ip[1], ip[0], number) {
				t.Errorf("listens at %s", fields[1])
			}
		}
	}
	if !found {
		t.Skip("this system does not show who listens")
	}
}

// A crash leaves no core file, and other processes of the user see neither
// memory nor environment.
//
// hazard S5
func TestCrashLeavesNothing(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.variables = append(d.variables, "GOTRACEBACK=crash")
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_CORE, &limit); err != nil {
		t.Fatal(err)
	}
	raised := syscall.Rlimit{Cur: limit.Max, Max: limit.Max}
	if err := syscall.Setrlimit(syscall.RLIMIT_CORE, &raised); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Setrlimit(syscall.RLIMIT_CORE, &limit) })
	t.Chdir(d.home)
	command, _ := d.waiting()
	limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", command.Process.Pid))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(limits)) {
		if strings.HasPrefix(line, "Max core file size") && strings.Fields(line)[4] != "0" {
			t.Error(line)
		}
	}
	if err := command.Process.Signal(syscall.SIGABRT); err != nil {
		t.Fatal(err)
	}
	if err := command.Wait(); err == nil {
		t.Error("it goes on")
	}
	if left, _ := filepath.Glob(filepath.Join(d.home, "core*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// Where nobody sits, nothing waits.
//
// hazard O27, U2
func TestNobodyIsWaitedFor(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	connect := []string{"connect", "shopify", "--store", "main", "--shop", "tea-and-cups"}
	for _, more := range [][]string{nil, {"--no-browser"}, {"--auth", "token"}} {
		command := d.command(append(connect, more...)...) // standard input is /dev/null
		ended := make(chan error, 1)
		go func() { ended <- command.Run() }()
		select {
		case err := <-ended:
			if ended := (*exec.ExitError)(nil); !errors.As(err, &ended) || ended.ExitCode() != exit.Usage {
				t.Errorf("%v: %v", more, err)
			}
		case <-time.After(10 * time.Second):
			_ = command.Process.Kill()
			t.Errorf("%v: it waits", more)
		}
	}
	if card := d.mustRun("status", "--store", "main", "-o", "json"); !strings.Contains(card, "never_connected") {
		t.Error(card)
	}
}

// $BROWSER wins over the desktop's browser; the next best is taken when it does
// not start.
func TestBrowserOfTheEnvironment(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	named := filepath.Join(d.home, "named-browser")
	script := "#!/bin/sh\necho \"$@\" > " + named + ".saw\nexec xdg-open \"$2\"\n"
	if err := os.WriteFile(named, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	connect := []string{"connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser"}
	d.variables = append(d.variables, "BROWSER="+named+" --new-window")
	d.mustRun(connect...)
	if saw, err := os.ReadFile(named + ".saw"); err != nil || !strings.HasPrefix(string(saw), "--new-window http://127.") {
		t.Errorf("%s %v", saw, err)
	}
	d.variables = append(d.variables, "BROWSER="+filepath.Join(d.home, "no-browser"))
	d.mustRun(connect...)
}

// The sandbox on its own lets each of the three ways be tried.
func TestSandboxForEachWay(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop()) // for a home folder and a free port
	running := d.command("sandbox", "--installed", "--approve")
	printed, err := running.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := running.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = running.Process.Kill(); _ = running.Wait() })
	for lines := bufio.NewScanner(printed); lines.Scan(); {
		variable, found := strings.CutPrefix(lines.Text(), "export ")
		if !found {
			t.Errorf("printed %q", lines.Text())
		}
		d.variables = append(d.variables, variable)
		if strings.HasPrefix(variable, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN=") {
			break // the last one
		}
	}
	for _, way := range []string{"client-credentials", "token", "browser"} {
		card := d.mustRun("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", way, "-o", "json")
		if !strings.Contains(card, fmt.Sprintf("%q: %q", "auth", way)) || !strings.Contains(card, `"connection": "green"`) {
			t.Errorf("%s: %s", way, card)
		}
	}
}
