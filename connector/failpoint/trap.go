//go:build failpoints

package failpoint

import (
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Variable says what happens where: NAME=ACTION, NAME=ACTION@N for the Nth time
// that the moment is reached, or NAME=ACTION@N+ for that and every later time.
// Actions are kill, term (a SIGTERM to itself, after which it goes on), panic, and
// anything else, which is the text of the error that Reach returns.
const Variable = "ESHOPCTL_FAILPOINT"

// LogVariable names a file to which every moment is appended, an Event a line.
const LogVariable = "ESHOPCTL_FAILPOINT_LOG"

// Event is one line of the log: a moment reached, or what package state tells
// about the state file.
type Event struct {
	Op   string
	Path string `json:",omitempty"` // or the name of the moment
	At   int64  `json:",omitempty"`
	Data []byte `json:",omitempty"`
}

// Break is the error of a moment at which something was to fail.
type Break struct{ Name, Action string }

func (b *Break) Error() string { return fmt.Sprintf("broken at %s: %s", b.Name, b.Action) }

// trap is where the program is to break, and how.
type trap struct {
	name, action string
	from         int
	ever         bool

	mu      sync.Mutex
	reached int
	log     *os.File
}

var setTrap = sync.OnceValue(func() *trap {
	t := &trap{from: 1}
	t.name, t.action, _ = strings.Cut(os.Getenv(Variable), "=")
	action, count, counted := strings.Cut(t.action, "@")
	if counted {
		var err error
		count, t.ever = strings.CutSuffix(count, "+")
		if t.from, err = strconv.Atoi(count); err != nil {
			panic(Variable + ": " + err.Error())
		}
		t.action = action
	}
	if path := os.Getenv(LogVariable); path != "" {
		var err error
		if t.log, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			panic(err)
		}
	}
	return t
})

// Reach says that the program has come to the named moment, and breaks it there if
// that was asked for.
func Reach(name string) error {
	t := setTrap()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record(Event{Op: "reach", Path: name})
	if name != t.name {
		return nil
	}
	if t.reached++; t.reached != t.from && !(t.ever && t.reached > t.from) {
		return nil
	}
	self, _ := os.FindProcess(os.Getpid()) // never fails for a process that runs
	switch t.action {
	case "kill":
		_ = self.Kill()
		select {} // until it arrives
	case "term":
		_ = self.Signal(syscall.SIGTERM)
		time.Sleep(50 * time.Millisecond) // until it is heard
		return nil
	case "panic":
		panic("failpoint " + name)
	}
	return &Break{name, t.action}
}

// Record appends an event to the log, if there is one.
func Record(e Event) {
	t := setTrap()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.record(e)
}

func (t *trap) record(e Event) {
	if t.log == nil {
		return
	}
	line, err := json.Marshal(e)
	if err == nil {
		_, err = t.log.Write(append(line, '\n'))
	}
	if err != nil {
		panic(err)
	}
}
