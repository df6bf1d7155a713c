// Command bench sets two programs against each other, by turns and at the same shops:
//
//	go run ./testdata/bench -before ../before            the program of that checkout and of this one
//	go run ./testdata/bench -before old -after new       programs that are built already
//
// Each imports a shop for the first time, then unchanged, then with every tenth price
// changed. It prints the medians and what the second takes of the first. It is never
// part of the tests: figures of a busy machine say little, and only the ratios last.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"time"
)

func main() {
	before := flag.String("before", "", "the `PROGRAM` to compare with, or the folder of its checkout")
	after := flag.String("after", ".", "the `PROGRAM` that is compared, or the folder of its checkout")
	products := flag.Int("products", 20_000, "the shop has `N` products")
	rounds := flag.Int("rounds", 3, "each does everything `N` times")
	shop := flag.Bool("shop", false, "be the shop, for another process of this program")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if *shop {
		serve(*products)
		return
	}
	if err := run(ctx, *before, *after, *products, max(*rounds, 1)); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, before, after string, products, rounds int) error {
	folder, err := os.MkdirTemp("", "bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var programs [2]string
	for i, name := range []string{before, after} {
		if programs[i], err = program(ctx, name, filepath.Join(folder, fmt.Sprint("program", i))); err != nil {
			return err
		}
	}
	pairs := map[string][][2]figures{}
	for number := range rounds {
		if err := round(ctx, number, products, programs, folder, pairs); err != nil {
			return err
		}
	}
	report(pairs)
	return nil
}

// round has a shop of its own: what was changed lately in a shop is read once more by
// each import, so that none would be an unchanged one.
func round(ctx context.Context, number, products int, programs [2]string, folder string, pairs map[string][][2]figures) error {
	shop, err := openShop(ctx, products)
	if err != nil {
		return err
	}
	defer shop.close()
	return shop.round(ctx, number, programs, folder, pairs)
}

// program is a program that is there, or is built of a checkout.
func program(ctx context.Context, name, target string) (string, error) {
	info, err := os.Stat(name)
	if err != nil {
		return "", fmt.Errorf("-before and -after name programs or checkouts: %w", err)
	}
	if !info.IsDir() {
		return filepath.Abs(name)
	}
	build := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", target, ".") // #nosec G204 -- what was typed
	build.Dir, build.Env = name, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building %s: %w\n%s", name, err, out)
	}
	return target, nil
}

// figures are what a command took.
type figures struct {
	cpu, wall time.Duration
	peak      float64 // MB
}

func report(pairs map[string][][2]figures) {
	fmt.Printf("%-16s %-8s %9s %9s %7s\n", "", "", "before", "after", "ratio")
	for _, what := range imports {
		for _, row := range []struct {
			name string
			of   func(figures) float64
		}{
			{"CPU s", func(f figures) float64 { return f.cpu.Seconds() }},
			{"wall s", func(f figures) float64 { return f.wall.Seconds() }},
			{"peak MB", func(f figures) float64 { return f.peak }},
		} {
			var before, after, ratios []float64
			for _, pair := range pairs[what] {
				b, a := row.of(pair[0]), row.of(pair[1])
				before, after, ratios = append(before, b), append(after, a), append(ratios, a/b)
			}
			fmt.Printf("%-16s %-8s %9.2f %9.2f %7.2f\n", what, row.name, median(before), median(after), median(ratios))
		}
	}
}

func median(all []float64) float64 {
	slices.Sort(all)
	return (all[(len(all)-1)/2] + all[len(all)/2]) / 2
}
