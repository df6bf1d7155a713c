package cmd

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// behind has a shell with job control run a program in the background of its
// terminal, which comes to the foreground when a line is typed. Its output goes to a
// file, what it says to the terminal.
func (at *seat) behind(command *exec.Cmd) (shell *exec.Cmd, pid string, printed func() string) {
	at.Helper()
	out := filepath.Join(at.TempDir(), "out.txt")
	args := append([]string{"-c", `set -m; out=$1; shift; "$@" > "$out" & echo "job $!"; read -r line; echo "to the front"; fg`, "sh", out}, command.Args...)
	shell = exec.Command("sh", args...)
	shell.Env = append(command.Env, "TERM=dumb")
	shell.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	at.run(shell)
	at.sees("job ")
	job := regexp.MustCompile(`job (\d+)\r\n`)
	for job.FindString(at.shown()) == "" {
		time.Sleep(10 * time.Millisecond)
	}
	printed = func() string { text, _ := os.ReadFile(out); return string(text) }
	return shell, job.FindStringSubmatch(at.shown())[1], printed
}

// runsOn fails when a process is stopped, or gone, in the moments after it came to
// where it would read.
func (at *seat) runsOn(pid string) {
	at.Helper()
	for range 30 {
		text, err := os.ReadFile(fmt.Sprintf("/proc/%s/stat", pid))
		_, state, _ := strings.Cut(string(text), ") ")
		if err != nil || strings.HasPrefix(state, "T") || strings.HasPrefix(state, "Z") {
			at.Fatalf("it is stopped: %v %.1s\n%s", err, state, at.shown())
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// What may be typed but need not be is no reason for a shell to stop a program that
// it put in the background; brought to the foreground, it takes what is typed.
func TestBackgroundIsNotStopped(t *testing.T) {
	at := sit(t)
	d := newDesk(t, sandboxtest.DefaultShop())
	shell, pid, printed := at.behind(d.command("sandbox", "--installed"))
	at.sees("stop it with Ctrl-C")
	at.runsOn(pid)
	if !strings.Contains(printed(), "export ESHOPCTL_SHOPIFY_URL=http://127.0.0.1:") {
		t.Errorf("it printed %q", printed())
	}
	at.types("\n")
	at.sees("to the front")
	at.types("take-scope=read_inventory\n")
	at.sees("take-scope=read_inventory: done")
	at.types("\x03")
	_ = shell.Wait()

	at = sit(t)
	shell, pid, _ = at.behind(d.command("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--no-browser"))
	at.sees("Waiting up to")
	at.runsOn(pid)
	at.types("\n")
	at.sees("to the front")
	at.types("http://127.0.0.1/elsewhere\n")
	at.sees("The address of the last page begins with")
	at.types("\x03")
	_ = shell.Wait()
}

// A question ends with --timeout as well, and nothing was asked of the shop then.
func TestQuestionEndsWithTimeout(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	for question, args := range map[string][]string{
		"Which shop":              {"connect", "shopify", "--store", "main", "--timeout", "300ms"},
		"Admin token of the shop": {"connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "token", "--timeout", "300ms"},
	} {
		at := sit(t)
		command := at.run(d.command(args...))
		at.ends(command, exit.Usage)
		if shown := at.shown(); !strings.Contains(shown, question) || !strings.Contains(shown, "came within 300ms; nothing was connected") || !strings.Contains(shown, "next: eshopctl connect") {
			t.Errorf("%v:\n%s", args, shown)
		}
		if !echoes(t, at.program) {
			t.Errorf("%v: the terminal shows no more what is typed", args)
		}
	}
	if printed := d.mustRun("status"); strings.Contains(printed, "main") {
		t.Errorf("it left a trace:\n%s", printed)
	}
}
