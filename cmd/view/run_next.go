package view

import (
	"cmp"
	"strings"

	"github.com/eshopos/eshopctl/importer"
)

// nextSteps says what to do after a run, with the commands to type.
func nextSteps(run importer.Run) []Suggestion {
	switch run.Status {
	case importer.Running:
		return []Suggestion{{"look again later", "eshopctl runs show " + run.ID}}
	case importer.Failed:
		if run.Error != nil && run.Error.Hint != "" {
			return Hinted("what helps", run.Error.Hint)
		}
		return []Suggestion{{"try again", again(run)}}
	case importer.Interrupted:
		hint := ""
		if run.Error != nil {
			hint = run.Error.Hint
		}
		return Hinted("go on", cmp.Or(hint, again(run)))
	}
	switch run.Kind {
	case importer.KindPreview:
		return afterPreview(run)
	case importer.KindImport:
		return afterImport(run)
	case importer.KindReconcile:
		return afterReconcile(run)
	}
	return nil
}

// Hinted is what an error said to do: its text and command by turns, under a title
// when that is only a command.
func Hinted(title, hint string) []Suggestion {
	var steps []Suggestion
	for line := range strings.Lines(hint) {
		line = strings.TrimSuffix(line, "\n")
		last := len(steps) - 1
		switch command := strings.HasPrefix(line, "eshopctl "); {
		case command && last >= 0 && steps[last].Command == "":
			steps[last].Command = line
		case command:
			steps = append(steps, Suggestion{title, line})
		default:
			steps = append(steps, Suggestion{Text: line})
		}
	}
	return steps
}

func again(run importer.Run) string { return run.Kind.Command(run.Store).String() }

func afterPreview(run importer.Run) []Suggestion {
	if run.Counts.Writes() == 0 {
		return nil
	}
	apply := "eshopctl import run --store " + run.Store + " " + run.ID
	if run.Stop != nil {
		return append(lookSteps(run), Suggestion{"an import would be stopped: " + run.Stop.Why + "; if it is right, apply exactly this", apply + " " + run.Stop.Flag})
	}
	return append(lookSteps(run), Suggestion{"apply exactly this", apply})
}

// lookSteps are the ways to look at what a run would change.
func lookSteps(run importer.Run) []Suggestion {
	steps := []Suggestion{{"look at each change", "eshopctl runs changes " + run.ID}}
	if run.WarningsBy[importer.WarnStockZeroed]+run.WarningsBy[importer.WarnStockRemoved] > 0 {
		steps = append(steps, Suggestion{"look at stock that would go to zero or away", "eshopctl runs changes " + run.ID + " --action zero"})
	}
	return steps
}

func afterReconcile(run importer.Run) []Suggestion {
	switch {
	case run.Differences() == 0:
		return nil
	case run.Reconciliation.Moved[importer.ByNeither] > 0:
		return []Suggestion{{"do not run the import again blindly; report it with", "eshopctl runs changes " + run.ID + " -o jsonl"}}
	}
	return []Suggestion{
		{"look at each difference", "eshopctl runs changes " + run.ID},
		{"see what an import would do about it", "eshopctl import preview --store " + run.Store},
	}
}

func afterImport(run importer.Run) []Suggestion {
	var steps []Suggestion
	if run.Warnings+run.Counts.Rejected() > 0 {
		steps = append(steps, Suggestion{"look at each warning", "eshopctl runs warnings " + run.ID})
	}
	if run.Counts.Writes() > 0 {
		steps = append(steps,
			Suggestion{"look at what came in", "eshopctl catalog products --store " + run.Store},
			Suggestion{"check warehouses and stock", "eshopctl warehouses list --store " + run.Store})
	}
	return steps
}
