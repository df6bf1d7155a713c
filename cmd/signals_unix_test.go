//go:build unix

package cmd

import (
	"bufio"
	"net/http"
	"os/exec"
	"strings"
	"syscall"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// What whoever started the program has it ignore stays ignored: an import that nohup
// began outlives its terminal.
func TestIgnoredSignalsStayIgnored(t *testing.T) {
	for name, signal := range map[string]syscall.Signal{"HUP": syscall.SIGHUP, "INT": syscall.SIGINT} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, sandboxtest.DefaultShop())
			eshopctl, err := exec.LookPath("eshopctl")
			if err != nil {
				t.Fatal(err)
			}
			command := d.command("connect", "shopify", "--store", "main", "--shop", "tea-and-cups", "--auth", "browser", "--no-browser")
			command.Path, command.Args = "/bin/sh", append([]string{"sh", "-c", `trap "" ` + name + `; exec "$@"`, "sh", eshopctl}, command.Args[1:]...)
			told, err := command.StderrPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = command.Process.Kill() })
			address := ""
			lines := bufio.NewScanner(told)
			for lines.Scan() && !strings.HasPrefix(lines.Text(), "Waiting") {
				if line := strings.TrimSpace(lines.Text()); strings.HasPrefix(line, "http") {
					address = line
				}
			}
			if err := command.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}
			if response, err := http.Get(address); err == nil { // the merchant approves
				response.Body.Close()
			}
			var rest []string
			for lines.Scan() {
				rest = append(rest, lines.Text())
			}
			if err := command.Wait(); err != nil {
				t.Errorf("%v: %s", err, rest)
			}
		})
	}
}
