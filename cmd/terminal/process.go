package terminal

import (
	"io"
	"os"
	"os/exec"
	"os/user"
	"strings"
	"time"

	"github.com/pkg/browser"
	"golang.org/x/term"
)

// ProcessEnv is the Env of this process. It removes the variables that hold secrets from
// the process's environment, so that no browser or other child inherits them, and keeps its
// memory private.
func ProcessEnv(secrets []string) Env {
	keepMemoryPrivate()
	return Env{
		Args: os.Args[1:], Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, LookupEnv: takeEnvironment(secrets),
		Interactive: isTerminal(os.Stdin) && isTerminal(os.Stderr),
		Width:       width(os.Stdout),
		OpenBrowser: openBrowser,
		User:        userAtHost(),
		Now:         now,
	}
}

// now is the time in whole milliseconds, as times are stored. Unlike Truncate it keeps the
// monotonic clock.
func now() time.Time {
	t := time.Now()
	return t.Add(-time.Duration(t.Nanosecond()) % time.Millisecond)
}

// userAtHost is the user who started this process, and the machine.
func userAtHost() string {
	name, host := "unknown", "unknown"
	if u, err := user.Current(); err == nil {
		name = u.Username
	}
	if h, err := os.Hostname(); err == nil {
		host = h
	}
	return name + "@" + host
}

func isTerminal(file *os.File) bool { return isTerminalAt(file.Fd()) }

func isTerminalAt(descriptor uintptr) bool { return term.IsTerminal(int(descriptor)) }

// width is the number of columns of a terminal: 80 for one that reports none, 0 for a file
// or pipe.
func width(file *os.File) int {
	if !isTerminal(file) {
		return 0
	}
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		return columns
	}
	return 80
}

// openBrowser starts the browser that $BROWSER names, else the desktop's. By default the
// library would print the launcher's output on our standard output.
func openBrowser(address string) error {
	if named := strings.Fields(os.Getenv("BROWSER")); len(named) > 0 {
		// #nosec G204 G702 -- the operator's own choice, as everywhere; the address is ours
		if exec.Command(named[0], append(named[1:], address)...).Run() == nil {
			return nil
		}
	}
	browser.Stdout, browser.Stderr = io.Discard, io.Discard
	return browser.OpenURL(address)
}

// takeEnvironment returns a lookup of variables, and removes the secret ones from the
// environment.
func takeEnvironment(secretNames []string) func(string) (string, bool) {
	secrets := map[string]string{}
	for _, name := range secretNames {
		if secret, set := os.LookupEnv(name); set {
			secrets[name] = secret
		}
		_ = os.Unsetenv(name) // it fails only for a malformed name
	}
	return func(name string) (string, bool) {
		if secret, ok := secrets[name]; ok {
			return secret, true
		}
		return os.LookupEnv(name)
	}
}
