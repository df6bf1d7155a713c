package view

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// nextSteps says what to do after a run, with the commands to type.
func nextSteps(run importer.Run) []Suggestion {
	switch run.Status {
	case importer.Running:
		return []Suggestion{Suggested("look again later", connector.Typed("runs show", run.ID))}
	case importer.Failed:
		if run.Error != nil && len(run.Error.Next) > 0 {
			return said("what helps", run.Error.Next)
		}
		return []Suggestion{Suggested("try again", again(run))}
	case importer.Interrupted:
		if run.Error != nil && len(run.Error.Next) > 0 {
			return said("go on", run.Error.Next)
		}
		return []Suggestion{Suggested("go on", again(run))}
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

// said is what an error said to do: the words that stand above a command and that by
// turns, under a title when it is only a command.
func said(title string, next connector.Next) []Suggestion {
	var steps []Suggestion
	for _, step := range next {
		text, above := strings.CutSuffix(step.Text, "\n")
		command := plain.CommandLine(step.Command) + step.Then
		switch {
		case above:
			steps = append(steps, Suggestion{text, command})
		case text == "" && step.Command.Name != "":
			steps = append(steps, Suggestion{title, command})
		default:
			for line := range strings.Lines(text + command) {
				steps = append(steps, Suggestion{Text: strings.TrimSuffix(line, "\n")})
			}
		}
	}
	return steps
}

func again(run importer.Run) connector.Command { return run.Kind.Command(run.Store) }

func afterPreview(run importer.Run) []Suggestion {
	if run.Counts.Writes() == 0 {
		return nil
	}
	apply := importer.KindImport.Command(run.Store).With(run.ID)
	if run.Stop != nil {
		return append(lookSteps(run), Suggested("an import would be stopped: "+run.Stop.Why+"; if it is right, apply exactly this", apply.With(run.Stop.Flags...)))
	}
	return append(lookSteps(run), Suggested("apply exactly this", apply))
}

// lookSteps are the ways to look at what a run would change.
func lookSteps(run importer.Run) []Suggestion {
	changes := connector.Typed("runs changes", run.ID)
	steps := []Suggestion{Suggested("look at each change", changes)}
	if run.WarningsBy[importer.WarnStockZeroed]+run.WarningsBy[importer.WarnStockRemoved] > 0 {
		steps = append(steps, Suggested("look at stock that would go to zero or away", changes.With("--action", "zero")))
	}
	return steps
}

func afterReconcile(run importer.Run) []Suggestion {
	switch {
	case run.Differences() == 0:
		return nil
	case run.Reconciliation.Moved[importer.ByNeither] > 0:
		return []Suggestion{Suggested("do not run the import again blindly; report it with", connector.Typed("runs changes", run.ID, "-o", "jsonl"))}
	}
	return []Suggestion{
		Suggested("look at each difference", connector.Typed("runs changes", run.ID)),
		Suggested("see what an import would do about it", importer.KindPreview.Command(run.Store)),
	}
}

func afterImport(run importer.Run) []Suggestion {
	var steps []Suggestion
	if run.Warnings+run.Counts.Rejected() > 0 {
		steps = append(steps, Suggested("look at each warning", connector.Typed("runs warnings", run.ID)))
	}
	if run.Counts.Writes() > 0 {
		steps = append(steps,
			Suggested("look at what came in", connector.Typed("catalog products").For(run.Store)),
			Suggested("check warehouses and stock", connector.Typed("warehouses list").For(run.Store)))
	}
	return steps
}
