package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// imports are what is measured, in this order.
var imports = []string{"first import", "unchanged rerun", "changed rerun"}

// round has each program do everything once; who begins changes from round to round.
func (s *shop) round(ctx context.Context, number int, programs [2]string, folder string, pairs map[string][][2]figures) error {
	var homes [2]string
	for i := range programs {
		homes[i] = filepath.Join(folder, fmt.Sprint("home", number, i))
		if err := os.Mkdir(homes[i], 0o700); err != nil {
			return err
		}
		defer os.RemoveAll(homes[i])
		if _, err := s.measured(ctx, programs[i], homes[i], "connect", "shopify", "--store", "main", "--shop", s.domain, "--auth", "client-credentials"); err != nil {
			return err
		}
	}
	for _, what := range imports {
		if what == "changed rerun" {
			if err := s.change(number); err != nil {
				return err
			}
		}
		var pair [2]figures
		for i := range programs {
			who := (i + number) % 2
			var err error
			if pair[who], err = s.measured(ctx, programs[who], homes[who], "import", "run", "--yes", "--reader", "bulk", "-q"); err != nil {
				return fmt.Errorf("%s: %w", what, err)
			}
			fmt.Fprintf(os.Stderr, "round %d, %s, %s: CPU %.2f s, wall %.2f s, peak %.1f MB\n", number+1, what, [2]string{"before", "after"}[who],
				pair[who].cpu.Seconds(), pair[who].wall.Seconds(), pair[who].peak)
		}
		pairs[what] = append(pairs[what], pair)
	}
	return nil
}

// measured runs a command and tells what it took.
func (s *shop) measured(ctx context.Context, program, home string, words ...string) (figures, error) {
	command := exec.CommandContext(ctx, program, words...) // #nosec G204 -- what was typed
	command.Env = append(s.variables, "HOME="+home, "PATH="+os.Getenv("PATH"))
	began := time.Now()
	if out, err := command.CombinedOutput(); err != nil {
		return figures{}, fmt.Errorf("%s %s: %w\n%s", program, strings.Join(words, " "), err, out)
	}
	took := figures{wall: time.Since(began), cpu: command.ProcessState.UserTime() + command.ProcessState.SystemTime()}
	if usage, ok := command.ProcessState.SysUsage().(*syscall.Rusage); ok {
		took.peak = float64(usage.Maxrss) / 1000 // kB, as Linux counts it
	}
	return took, nil
}
