package words

import (
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// NextSteps are what to do after a run, with the commands to type.
func NextSteps(run importer.Run) []plain.Suggestion {
	switch run.Status {
	case importer.Running:
		return []plain.Suggestion{plain.Suggested("look again later", connector.Typed("runs show", run.ID))}
	case importer.Failed:
		if run.Error != nil && len(run.Error.Next) > 0 {
			return ErrorSteps("what helps", run.Error.Next)
		}
		return []plain.Suggestion{plain.Suggested("try again", againCommand(run))}
	case importer.Interrupted:
		if run.Error != nil && len(run.Error.Next) > 0 {
			return ErrorSteps("go on", run.Error.Next)
		}
		return []plain.Suggestion{plain.Suggested("go on", againCommand(run))}
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

// ErrorSteps are the next steps of an error: words and commands in turn, with a title where
// there is only a command.
func ErrorSteps(title string, next connector.Next) []plain.Suggestion {
	var steps []plain.Suggestion
	for _, step := range next {
		text, above := strings.CutSuffix(step.Text, "\n")
		command := plain.CommandLine(step.Command) + step.Then
		switch {
		case above:
			steps = append(steps, plain.Suggestion{Text: text, Command: command})
		case text == "" && step.Command.Name != "":
			steps = append(steps, plain.Suggestion{Text: title, Command: command})
		default:
			for line := range strings.Lines(text + command) {
				steps = append(steps, plain.Suggestion{Text: strings.TrimSuffix(line, "\n")})
			}
		}
	}
	return steps
}

func againCommand(run importer.Run) connector.Command { return run.Kind.Command(run.Store) }

func afterPreview(run importer.Run) []plain.Suggestion {
	if run.Counts.RowWrites() == 0 {
		return nil
	}
	apply := importer.KindImport.Command(run.Store).With(run.ID)
	if run.Stop != nil {
		why := "an import would be stopped: " + run.Stop.Why + "; if it is right, apply exactly this"
		return append(LookSteps(run), plain.Suggested(why, apply.With(run.Stop.Flags...)))
	}
	return append(LookSteps(run), plain.Suggested("apply exactly this", apply))
}

// LookSteps are the commands that show what a run would change.
func LookSteps(run importer.Run) []plain.Suggestion {
	changes := connector.Typed("runs changes", run.ID)
	steps := []plain.Suggestion{plain.Suggested("look at each change", changes)}
	if run.WarningsBy[importer.WarnStockZeroed]+run.WarningsBy[importer.WarnStockRemoved] > 0 {
		steps = append(steps, plain.Suggested("look at stock that would go to zero or away", changes.With("--action", "zero")))
	}
	return steps
}

func afterReconcile(run importer.Run) []plain.Suggestion {
	switch {
	case run.DifferentRecords() == 0:
		return nil
	case run.Reconciliation.Moved[importer.ByNeither] > 0:
		report := connector.Typed("runs changes", run.ID, "-o", "jsonl")
		return []plain.Suggestion{plain.Suggested("do not run the import again blindly; report it with", report)}
	}
	return []plain.Suggestion{
		plain.Suggested("look at each difference", connector.Typed("runs changes", run.ID)),
		plain.Suggested("see what an import would do about it", importer.KindPreview.Command(run.Store)),
	}
}

func afterImport(run importer.Run) []plain.Suggestion {
	var steps []plain.Suggestion
	if run.Warnings+run.Counts.RejectedRecords() > 0 {
		steps = append(steps, plain.Suggested("look at each warning", connector.Typed("runs warnings", run.ID)))
	}
	if run.Counts.RowWrites() > 0 {
		steps = append(steps,
			plain.Suggested("look at what came in", connector.Typed("catalog products").For(run.Store)),
			plain.Suggested("check warehouses and stock", connector.Typed("warehouses list").For(run.Store)))
	}
	return steps
}
