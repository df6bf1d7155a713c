package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// stage is where a story happens: a home folder, a shop and the environment.
type stage struct {
	home      string
	shop      *sandboxtest.Shop
	server    *sandboxtest.Server
	variables []string
	input     string // of the next command
	marks     marks
}

// newFolder makes a folder whose name has the same length everywhere, as far as that
// can be, so that lines break at the same words.
func newFolder() (string, error) {
	parent := "/tmp"
	if info, err := os.Stat(parent); err != nil || !info.IsDir() {
		parent = os.TempDir()
	}
	random := make([]byte, 4)
	if _, err := rand.Read(random); err != nil {
		return "", err
	}
	folder := filepath.Join(parent, "recorded-"+hex.EncodeToString(random))
	return folder, os.Mkdir(folder, 0o700)
}

func newStage(home string) (*stage, error) {
	on := &stage{home: home, marks: marks{home: home}}
	bin := filepath.Join(filepath.Dir(home), "bin")
	on.variables = []string{"HOME=" + home, "PATH=" + bin + string(filepath.ListSeparator) + os.Getenv("PATH"), "USER=somebody"}
	return on, os.Mkdir(home, 0o700)
}

func (on *stage) close() {
	if on.server != nil {
		on.server.Close()
	}
}

// open opens shops, the first of which is the one that things happen in; the app is
// installed there, or not yet.
func (on *stage) open(installed []string, shops ...*sandboxtest.Shop) error {
	address, err := callbackAddress()
	if err != nil {
		return err
	}
	callback := "http://" + address + "/callback"
	for _, shop := range shops {
		shop.AutoApprove(true)
		shop.SameOrganisation(true)
	}
	server, err := sandboxtest.Start(sandboxtest.Options{
		App: sandboxtest.App{RedirectURLs: []string{callback}}, Shops: shops, BucketSize: 1e6, RestoreRate: 1e6,
	})
	if err != nil {
		return err
	}
	if len(installed) > 0 {
		for _, shop := range shops {
			server.Install(shop.Domain())
		}
	}
	on.close()
	on.shop, on.server = shops[0], server
	on.variables = append(append(on.variables, server.Env()...), "ESHOPCTL_SHOPIFY_CALLBACK_URL="+callback)
	return nil
}

// callbackAddress is free, and its port has five digits, so that lines break at the same words.
func callbackAddress() (string, error) {
	for {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", err
		}
		address := listener.Addr().String()
		if err := listener.Close(); err != nil || len(address) == len("127.0.0.1:54321") {
			return address, err
		}
	}
}

// typed runs a command and gives what it printed and how it ended, with marks.
func (on *stage) typed(ctx context.Context, words []string) string {
	command := exec.CommandContext(ctx, filepath.Join(filepath.Dir(on.home), "bin", "eshopctl"), words...) // #nosec G204 -- the stories are ours
	command.Dir, command.Env = on.home, on.variables
	command.Stdin = strings.NewReader(on.input)
	on.input = ""
	var out, told bytes.Buffer
	command.Stdout, command.Stderr = &out, &told
	status := 0
	if err := command.Run(); err != nil {
		var ended *exec.ExitError
		if !errors.As(err, &ended) {
			return err.Error() + "\n"
		}
		status = ended.ExitCode()
	}
	return fmt.Sprintf("= %d\n", status) + quoted("|", on.marks.put(out.String())) + quoted("!", on.marks.put(told.String()))
}

// quoted puts a sign before each line.
func quoted(sign, text string) (lines string) {
	for line := range strings.Lines(text) {
		lines += sign + " " + strings.TrimSuffix(line, "\n") + "\n"
		if !strings.HasSuffix(line, "\n") {
			lines += sign + "(no end of line)\n"
		}
	}
	return lines
}

// shown is what a file holds.
func (on *stage) shown(name string) string {
	content, err := os.ReadFile(strings.ReplaceAll(name, "~", on.home)) // #nosec G304 -- the stories are ours
	if err != nil {
		return on.marks.put(err.Error()) + "\n"
	}
	return quoted("|", on.marks.put(string(content)))
}
