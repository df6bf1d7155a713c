// Command planted makes mistakes in the code, one at a time, and tells which test
// notices each. What no test notices may be broken by anybody.
//
//	go run ./testdata/planted                    all of them; an hour on two cores
//	go run ./testdata/planted importer/ serial   those whose names hold one of these
//	go run ./testdata/planted -sample 5          five, others each day
//
// A mistake is a patch below testdata/planted, in the folder of its package. The go
// command is shown the patched files in the place of those that lie here, so that
// nothing here is touched and the program may be stopped at any time. It runs the test
// that the patch names and, if that does not fail, all tests of the package. A patch
// that does not fit any more is an error: it is to be carried along with the code.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"
)

// enough is the least percentage of mistakes that tests must notice.
const enough = 95

func main() {
	sample := flag.Int("sample", 0, "plant so many only, others each day; 0 for all")
	named := flag.Bool("named", false, "run no more than the test that a patch names")
	jobs := flag.Int("jobs", 2, "plant so many at a time")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	good, err := run(ctx, *sample, *named, max(*jobs, 1), flag.Args())
	if err != nil {
		fmt.Fprintln(os.Stderr, "planted:", err)
	}
	if !good || err != nil {
		stop()
		os.Exit(1)
	}
}

// run plants what was asked for and reports whether enough was noticed.
func run(ctx context.Context, sample int, namedOnly bool, jobs int, names []string) (good bool, err error) {
	root, err := moduleFolder(ctx)
	if err != nil {
		return false, err
	}
	bugs, err := readBugs(root) // all must fit, whichever are asked for
	if err != nil {
		return false, err
	}
	if bugs = named(bugs, names); len(bugs) == 0 {
		return false, fmt.Errorf("there is none of the name %s", strings.Join(names, " or "))
	}
	if sample > 0 {
		bugs = sampled(bugs, sample, time.Now())
	}
	folder, err := os.MkdirTemp("", "planted-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(folder)
	return report(plantAll(ctx, garden{root, folder, namedOnly}, bugs, jobs), os.Stdout), ctx.Err()
}

func moduleFolder(ctx context.Context) (string, error) {
	found, err := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("finding the module: %w", err)
	}
	return strings.TrimSpace(string(found)), nil
}

// readBugs reads all patches and makes sure that each fits.
func readBugs(root string) ([]bug, error) {
	files, err := filepath.Glob(filepath.Join(root, "testdata", "planted", "*", "*.patch"))
	if err != nil {
		return nil, err
	}
	var bugs []bug
	var unfit []string
	for _, file := range files {
		b, err := readBug(root, file)
		if err != nil {
			unfit = append(unfit, fmt.Sprintf("%s: %s", file, err))
			continue
		}
		bugs = append(bugs, b)
	}
	if len(unfit) > 0 {
		return nil, fmt.Errorf("carry these along with the code:\n  %s", strings.Join(unfit, "\n  "))
	}
	return bugs, nil
}

func named(bugs []bug, names []string) (found []bug) {
	for _, b := range bugs {
		for _, name := range names {
			if strings.Contains(b.name, name) {
				found = append(found, b)
				break
			}
		}
		if len(names) == 0 {
			found = append(found, b)
		}
	}
	return found
}

// sampled are n of the bugs, spread over all, and others on the next day.
func sampled(bugs []bug, n int, now time.Time) (some []bug) {
	day := int(now.Unix() / (24 * 60 * 60))
	n = min(n, len(bugs))
	for i := range n {
		first, next := i*len(bugs)/n, (i+1)*len(bugs)/n
		some = append(some, bugs[first+day%(next-first)])
	}
	return some
}
