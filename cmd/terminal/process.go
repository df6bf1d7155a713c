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

// ProcessEnv is what this process has to give. The variables that hold secrets are
// taken out of the process's own, so that no browser or other child inherits them, and
// its memory is kept to itself.
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

// now is the time to the millisecond, as times are stored. What else cuts it there
// would take the reading of the monotonic clock away.
func now() time.Time {
	t := time.Now()
	return t.Add(-time.Duration(t.Nanosecond()) % time.Millisecond)
}

// userAtHost names who started this process, and the machine.
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

// width is the number of columns of a terminal; one that reports none counts
// as 80, a file or pipe as 0.
func width(file *os.File) int {
	if !isTerminal(file) {
		return 0
	}
	if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
		return columns
	}
	return 80
}

// openBrowser starts the browser that $BROWSER names, else the desktop's. The
// library writes what the launcher prints to our standard output unless told
// otherwise.
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

// takeEnvironment looks variables up, of which nobody else finds the secret ones any
// more.
func takeEnvironment(secretNames []string) func(string) (string, bool) {
	secrets := map[string]string{}
	for _, name := range secretNames {
		if secret, set := os.LookupEnv(name); set {
			secrets[name] = secret
		}
		_ = os.Unsetenv(name) // a name without a sign that could be refused
	}
	return func(name string) (string, bool) {
		if secret, ok := secrets[name]; ok {
			return secret, true
		}
		return os.LookupEnv(name)
	}
}
