package cmd

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"github.com/eshopos/eshopctl/shopify/sandbox"
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

// A token that is typed at a terminal is not shown there, and nothing says to type
// one into a command line, whose history would keep it.
//
// hazard S6
func TestTypedTokenIsNotShown(t *testing.T) {
	d := newDesk(t, sandbox.DefaultShop())
	d.server.Install(teaShop)
	token := d.server.AccessToken(teaShop)
	user, program := openTerminal(t)
	var mu sync.Mutex
	var screen bytes.Buffer
	go func() {
		for text := make([]byte, 1024); ; {
			n, err := user.Read(text)
			mu.Lock()
			screen.Write(text[:n])
			mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	shown := func() string {
		mu.Lock()
		defer mu.Unlock()
		return screen.String()
	}
	connect := d.command("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "token")
	connect.Stdin, connect.Stdout, connect.Stderr = program, program, program
	if err := connect.Start(); err != nil {
		t.Fatal(err)
	}
	for !strings.Contains(strings.ToLower(shown()), "token") || echoes(t, program) { // until it asks
		time.Sleep(10 * time.Millisecond)
	}
	if _, err := user.WriteString(token + "\n"); err != nil {
		t.Fatal(err)
	}
	if err := connect.Wait(); err != nil {
		t.Errorf("%v\n%s", err, shown())
	}
	if strings.Contains(shown(), token) {
		t.Errorf("the screen shows the token:\n%s", shown())
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
