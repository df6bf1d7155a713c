package health

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

func withoutLevels(f Facts) *Trouble {
	if f.Contents == nil {
		return nil
	}
	return holdsNone(f, connector.Stock, f.Contents.Levels)
}

func levelsWell(f Facts) (Result, string) {
	if f.Contents == nil {
		return Unknown, "nobody looked"
	}
	return importedWell(f, f.Contents.Levels, "levels")
}

// stockWarned is a last import with warnings about stock. Nothing is wrong with the
// import: each warning is about something that the shop says.
func stockWarned(f Facts) *Trouble {
	if f.LastRun == nil {
		return nil
	}
	warned := map[string]int{}
	for code, n := range f.LastRun.WarningsBy {
		if strings.HasPrefix(code, "W-STOCK-") && n > 0 {
			warned[code] = n
		}
	}
	look := connector.Typed("runs warnings", f.LastRun.ID)
	switch len(warned) {
	case 0:
		return nil
	case 1:
		look = look.With("--code", slices.Collect(maps.Keys(warned))[0])
	}
	return Trouble{Detail: f.LastRun.ID + " had " + countsByCode(warned), Look: do("see what they are about", look)}.notes()
}

func warningsWell(f Facts) (Result, string) {
	if f.LastRun == nil {
		return Unknown, "there was no import yet"
	}
	return Passed, "the last import had none"
}

func untracked(f Facts) *Trouble {
	if f.Contents == nil || f.Contents.Untracked == 0 {
		return nil
	}
	return Trouble{Detail: fmt.Sprintf("the shop does not track %d %s, whose numbers mean nothing and are left out of totals",
		f.Contents.Untracked, plural(f.Contents.Untracked, "variant", "variants")),
		Look: do("see their levels", f.command("catalog stock"))}.notes()
}

func trackedWell(f Facts) (Result, string) {
	if f.Contents == nil || f.Contents.Products == 0 {
		return Unknown, "nothing was imported yet"
	}
	return Passed, "the shop tracks every variant"
}

// edited is a store in which records were changed since the last import; the next one
// overwrites them.
func edited(f Facts) *Trouble {
	if f.Contents == nil || len(f.Contents.Edited) == 0 {
		return nil
	}
	return Trouble{Detail: "edited here since the last import: " + countsByCode(f.Contents.Edited) + "; the next import takes the shop's values unless it is told otherwise",
		Look: do("see how shop and store differ, and who moved", f.command("reconcile", "--changes"))}.notes()
}

func editedWell(f Facts) (Result, string) {
	if f.Contents == nil || f.Contents.Products == 0 {
		return Unknown, "nothing was imported yet"
	}
	return Passed, "nothing was edited here since the last import; reconcile tells whether the shop has moved"
}
