package cmd

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// openTerminal makes a terminal: what its user sees and types, and the side of the
// program.
func openTerminal(t *testing.T) (user, program *os.File) {
	t.Helper()
	user, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	t.Cleanup(func() { user.Close() })
	var number, unlocked int32
	for request, to := range map[uintptr]*int32{syscall.TIOCSPTLCK: &unlocked, syscall.TIOCGPTN: &number} {
		if _, _, code := syscall.Syscall(syscall.SYS_IOCTL, user.Fd(), request, uintptr(unsafe.Pointer(to))); code != 0 {
			t.Skip("there are no terminals here: ", code)
		}
	}
	if program, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0); err != nil {
		t.Skip("there are no terminals here: ", err)
	}
	t.Cleanup(func() { program.Close() })
	return user, program
}

func echoes(t *testing.T, terminal *os.File) bool {
	var settings syscall.Termios
	if _, _, code := syscall.Syscall(syscall.SYS_IOCTL, terminal.Fd(), syscall.TCGETS, uintptr(unsafe.Pointer(&settings))); code != 0 {
		t.Fatal(code)
	}
	return settings.Lflag&syscall.ECHO != 0
}

// seat is where somebody sits at a terminal.
type seat struct {
	*testing.T
	user, program *os.File

	mu     sync.Mutex
	screen bytes.Buffer
}

func sit(t *testing.T) *seat {
	t.Helper()
	at := &seat{T: t}
	at.user, at.program = openTerminal(t)
	go func() {
		for text := make([]byte, 1024); ; {
			n, err := at.user.Read(text)
			at.mu.Lock()
			at.screen.Write(text[:n])
			at.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	return at
}

// run starts a program at the terminal.
func (at *seat) run(command *exec.Cmd) *exec.Cmd {
	at.Helper()
	command.Stdin, command.Stdout, command.Stderr = at.program, at.program, at.program
	if err := command.Start(); err != nil {
		at.Fatal(err)
	}
	at.Cleanup(func() { _ = command.Process.Kill() })
	return command
}

func (at *seat) shown() string {
	at.mu.Lock()
	defer at.mu.Unlock()
	return at.screen.String()
}

// sees waits until a text is on the screen.
func (at *seat) sees(text string) {
	at.Helper()
	for end := time.Now().Add(30 * time.Second); !strings.Contains(at.shown(), text); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			at.Fatalf("%q does not come:\n%s", text, at.shown())
		}
	}
}

func (at *seat) types(keys string) {
	at.Helper()
	if _, err := at.user.WriteString(keys); err != nil {
		at.Fatal(err)
	}
}

// ends waits for the end of a program and wants that exit status.
func (at *seat) ends(command *exec.Cmd, want int) {
	at.Helper()
	_ = command.Wait() // the status says it
	at.settles()
	if got := command.ProcessState.ExitCode(); got != want {
		at.Errorf("exit status %d, want %d\n%s", got, want, at.shown())
	}
}

// settles waits until all that was written is on the screen.
func (at *seat) settles() {
	at.Helper()
	const mark = "<all is shown>"
	if _, err := at.program.WriteString(mark); err != nil {
		at.Fatal(err)
	}
	at.sees(mark)
	at.mu.Lock()
	defer at.mu.Unlock()
	shown := strings.Replace(at.screen.String(), mark, "", 1)
	at.screen.Reset()
	at.screen.WriteString(shown)
}

// A token that is typed at a terminal is not shown there, and nothing says to type
// one into a command line, whose history would keep it.
//
// hazard S6
func TestTypedTokenIsNotShown(t *testing.T) {
	d := newDesk(t, sandboxtest.DefaultShop())
	d.server.Install(teaShop)
	token := d.server.AccessToken(teaShop)
	at := sit(t)
	connect := at.run(d.command("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "token"))
	at.sees("(not shown)")
	for echoes(t, at.program) { // until it asks
		time.Sleep(10 * time.Millisecond)
	}
	at.types(token + "\n")
	if err := connect.Wait(); err != nil {
		t.Errorf("%v\n%s", err, at.shown())
	}
	if strings.Contains(at.shown(), token) {
		t.Errorf("the screen shows the token:\n%s", at.shown())
	}
	for _, command := range []string{"help environment", "connect --help", "connect shopify --help", "help"} {
		printed, _, _ := d.run(strings.Fields(command)...)
		for _, spelled := range []string{"export ESHOPCTL_SHOPIFY_ACCESS_TOKEN=", "export ESHOPCTL_SHOPIFY_CLIENT_SECRET=", "--token"} {
			if strings.Contains(printed, spelled) {
				t.Errorf("eshopctl %s says %q", command, spelled)
			}
		}
	}
}
