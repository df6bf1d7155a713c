package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// garden is where bugs are planted.
type garden struct {
	root   string // of the module; nothing is changed there
	folder string // for patched files
	named  bool   // only the tests that patches name are run
}

// outcome is what came of a bug.
type outcome struct {
	bug
	noticed string // the test that failed, "" for none
	took    time.Duration
	err     error // nothing is known
}

// plantAll plants bugs, some at a time, and gives what comes of each in their order.
func plantAll(ctx context.Context, g garden, bugs []bug, jobs int) <-chan outcome {
	slots, told := make(chan struct{}, jobs), make(chan outcome)
	waiting := make([]chan outcome, len(bugs))
	for i := range bugs {
		waiting[i] = make(chan outcome, 1)
	}
	go func() {
		for i, b := range bugs {
			slots <- struct{}{}
			go func() {
				waiting[i] <- g.plant(ctx, b)
				<-slots
			}()
		}
	}()
	go func() {
		defer close(told)
		for _, one := range waiting {
			told <- <-one
		}
	}()
	return told
}

// plant runs the tests of a package with the bug in it.
func (g garden) plant(ctx context.Context, b bug) outcome {
	began, done := time.Now(), outcome{bug: b}
	overlay, err := g.overlay(b)
	if err == nil {
		done.noticed, err = g.test(ctx, b.pkg, overlay, "-run", b.test)
	}
	if err == nil && done.noticed == "" && !g.named {
		done.noticed, err = g.test(ctx, b.pkg, overlay)
	}
	done.took, done.err = time.Since(began), err
	return done
}

// overlay writes the patched files, and the list that shows them to the go command.
func (g garden) overlay(b bug) (string, error) {
	folder := filepath.Join(g.folder, strings.ReplaceAll(b.name, "/", "-"))
	if err := os.Mkdir(folder, 0o700); err != nil {
		return "", err
	}
	var list struct{ Replace map[string]string }
	list.Replace = map[string]string{}
	for name, text := range b.planted {
		file := filepath.Join(folder, strings.ReplaceAll(name, "/", "-"))
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return "", err
		}
		list.Replace[filepath.Join(g.root, filepath.FromSlash(name))] = file
	}
	encoded, err := json.Marshal(list)
	if err != nil {
		return "", err
	}
	overlay := filepath.Join(folder, "overlay.json")
	return overlay, os.WriteFile(overlay, encoded, 0o600)
}

// test runs tests and names the first that failed, "" when all are well.
func (g garden) test(ctx context.Context, pkg, overlay string, which ...string) (failed string, err error) {
	args := append([]string{"test", "-count=1", "-failfast", "-vet=off", "-timeout=10m"}, which...)
	command := exec.CommandContext(ctx, "go", append(args, pkg)...) // #nosec G204 -- patches are ours
	command.Dir = g.root
	// What tests build themselves is to have the bug, too.
	command.Env = append(os.Environ(), "GOFLAGS="+strings.TrimSpace(os.Getenv("GOFLAGS")+" -overlay="+overlay))
	output, err := command.CombinedOutput()
	switch {
	case err == nil:
		return "", nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	case strings.Contains(string(output), "[build failed]") || strings.Contains(string(output), "[setup failed]"):
		return "", fmt.Errorf("with it nothing can be built:\n%s", output)
	}
	if found := failedTest.FindAllStringSubmatch(string(output), -1); len(found) > 0 {
		return deepest(found), nil
	}
	return "panic, or it never ended", nil
}

var failedTest = regexp.MustCompile(`(?m)^ *--- FAIL: (\S+)`)

// deepest is the first failed test with the part of it that failed.
func deepest(failed [][]string) string {
	name := failed[0][1]
	for _, f := range failed[1:] {
		if strings.HasPrefix(f[1], name+"/") {
			name = f[1]
		}
	}
	return name
}

// report prints a line for each bug, and reports whether enough were noticed.
func report(outcomes <-chan outcome, to io.Writer) bool {
	fmt.Fprintf(to, "%-42s %-18s %-56s %s\n", "BUG", "PACKAGE", "NOTICED BY", "SECONDS")
	all, noticed, good := 0, 0, true
	var notes []string
	for o := range outcomes {
		all++
		by := o.noticed
		switch {
		case o.err != nil:
			by, good = "ERROR", false
			notes = append(notes, fmt.Sprintf("ERROR  %s: %s", o.name, o.err))
		case by == "":
			by = "-"
			good = good && !o.worst
			notes = append(notes, fmt.Sprintf("MISSED %s: %s", o.name, o.what))
		default:
			noticed++
		}
		fmt.Fprintf(to, "%-42s %-18s %-56s %7.1f\n", o.name, o.pkg, by, o.took.Seconds())
	}
	for _, note := range notes {
		fmt.Fprintln(to, note)
	}
	fmt.Fprintf(to, "%d of %d noticed, %.1f %%\n", noticed, all, 100*float64(noticed)/float64(max(all, 1)))
	return good && noticed*100 >= enough*all
}
