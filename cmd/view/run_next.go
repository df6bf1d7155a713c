package view

import (
	"cmp"

	"github.com/eshopos/eshopctl/importer"
)

// nextSteps says what to do after a run, with the commands to type.
func nextSteps(run importer.Run) []Suggestion {
	switch run.Status {
	case importer.Running:
		return []Suggestion{{"look again later", "eshopctl runs show " + run.ID}}
	case importer.Failed:
		if run.Error != nil && run.Error.Hint != "" {
			return []Suggestion{{Text: run.Error.Hint}}
		}
		return []Suggestion{{"try again", again(run)}}
	case importer.Interrupted:
		hint := ""
		if run.Error != nil {
			hint = run.Error.Hint
		}
		return []Suggestion{{Text: cmp.Or(hint, "begin again: "+again(run))}}
	}
	switch run.Kind {
	case importer.KindPreview:
		return afterPreview(run)
	case importer.KindImport:
		return afterImport(run)
	}
	return nil
}

func again(run importer.Run) string {
	verb := "preview"
	if run.Kind == importer.KindImport {
		verb = "run"
	}
	return "eshopctl import " + verb + " --store " + run.Store
}

func afterPreview(run importer.Run) []Suggestion {
	if run.Counts.Writes() == 0 {
		return nil
	}
	return []Suggestion{
		{"look at each change", "eshopctl runs changes " + run.ID},
		{"apply exactly this", "eshopctl import run --store " + run.Store + " " + run.ID},
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
