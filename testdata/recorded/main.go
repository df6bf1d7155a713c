// Command recorded types the command lines of the stories that lie beside it and
// compares what comes out, and with which exit status, with what came out before. It is
// for a change that is not to be seen from outside.
//
//	go run ./testdata/recorded                     compare; it exits 1 where something differs
//	go run ./testdata/recorded connecting guards   those stories only
//	go run ./testdata/recorded -of ../before       compare with the program of another checkout
//	go run ./testdata/recorded -update             record anew; read the difference before you commit it
//
// Each story has a shop and a home folder of its own. What differs from day to day and
// from machine to machine (ids of runs, times, ports, paths, sizes) is replaced by marks.
package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
)

func main() {
	if filepath.Base(os.Args[0]) == browser {
		approve(os.Args[1])
		return
	}
	update := flag.Bool("update", false, "record anew")
	of := flag.String("of", "", "the `FOLDER` of the checkout whose program is run; this one by default")
	jobs := flag.Int("jobs", runtime.NumCPU(), "live through `N` stories at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	same, err := run(ctx, *of, *update, max(*jobs, 1), flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "recorded:", err)
	}
	if !same || err != nil {
		stop()
		os.Exit(1)
	}
}

// browser is the name by which the program finds a browser. It is this program, whose
// user approves whatever the shop asks.
const browser = "xdg-open"

func approve(address string) {
	response, err := http.Get(address) // #nosec G107 G704 -- of a sandbox
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	response.Body.Close()
}

// run lives through the stories and compares them, or keeps what came out.
func run(ctx context.Context, of string, update bool, jobs int, names []string) (same bool, err error) {
	root, err := moduleFolder(ctx)
	if err != nil {
		return false, err
	}
	stories, err := readStories(filepath.Join(root, "testdata", "recorded", "stories"), names)
	if err != nil {
		return false, err
	}
	folder, err := newFolder()
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	if of == "" {
		of = root
	}
	if err := prepare(ctx, of, folder); err != nil {
		return false, err
	}
	lines := 0
	same = true
	for _, told := range liveThrough(ctx, stories, folder, jobs) {
		if told.err != nil {
			return false, fmt.Errorf("%s: %w", told.name, told.err)
		}
		lines += told.lines
		if update {
			err = os.WriteFile(told.recording(), told.text, 0o600)
		} else {
			same = told.compare() && same
		}
		if err != nil {
			return false, err
		}
	}
	fmt.Printf("%d command lines in %d stories\n", lines, len(stories))
	return same, ctx.Err()
}

// prepare builds the program of a checkout, and lays the browser beside it.
func prepare(ctx context.Context, checkout, folder string) error {
	bin := filepath.Join(folder, "bin")
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", filepath.Join(bin, "eshopctl"), ".") // #nosec G204 -- a folder of ours
	build.Dir, build.Env = checkout, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the program: %w\n%s", err, out)
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return os.Symlink(self, filepath.Join(bin, browser))
}

// compare prints how a story differs from its recording.
func (s *story) compare() bool {
	before, err := os.ReadFile(s.recording())
	if err != nil {
		fmt.Println(err)
		return false
	}
	if bytes.Equal(before, s.text) {
		return true
	}
	os.Stdout.Write(diff.Diff(s.name+" as recorded", before, s.name+" now", s.text))
	return false
}

func moduleFolder(ctx context.Context) (string, error) {
	found, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	return strings.TrimSpace(string(found)), nil
}
