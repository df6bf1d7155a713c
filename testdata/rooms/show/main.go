// Show prints the figures of packages, a line each, and what is beyond the limits of
// cmd/layout_rooms_test.go below it. Without a name it shows all.
package main

import (
	"fmt"
	"os"

	"github.com/eshopos/eshopctl/testdata/rooms"
)

func main() {
	patterns := os.Args[1:]
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	floors, err := rooms.Measure(".", patterns...)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for _, floor := range floors {
		show(floor)
	}
}

func show(floor *rooms.Floor) {
	one, pairs, both := floor.OneWord(), floor.Pairs(), floor.Both()
	fmt.Printf("%-20s %5d lines %3d files; one-word names %d of %d (%d %%); pairs of files %d, both ways %d (%d %%)\n",
		floor.Folder, floor.Lines, floor.Files, one, len(floor.Functions), share(one, len(floor.Functions)), pairs, len(both), share(len(both), pairs))
	for _, pair := range both {
		fmt.Printf("    both ways: %s %s\n", pair.From, pair.To)
	}
	for _, wide := range floor.Types {
		if wide.Methods > rooms.MostMethods || wide.Files > rooms.MostFiles {
			fmt.Printf("    wide: %s has %d methods in %d files\n", wide.Name, wide.Methods, wide.Files)
		}
	}
	for _, function := range floor.Functions {
		if function.Lines > rooms.LongestFunction {
			fmt.Printf("    long: %s in %s has %d lines\n", function.Name, function.File, function.Lines)
		}
	}
}

func share(part, whole int) int { return 100 * part / max(whole, 1) }
