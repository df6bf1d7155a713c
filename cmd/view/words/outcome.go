package words

import (
	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/importer"
)

// Outcome is the result of a run in one line, printed last.
func Outcome(run importer.Run) string {
	writes, rejected := run.Counts.RowWrites(), run.Counts.RejectedRecords()
	remarks := ""
	if rejected > 0 {
		remarks += ", " + plain.Counted(rejected, "record") + " rejected"
	}
	if run.Warnings > 0 {
		remarks += ", " + plain.Counted(run.Warnings, "warning")
	}
	changes := plain.Counted(writes, "change")
	left := UnreadLine(run)
	if left != "" {
		left = " N" + left[1:] + "."
	}
	switch {
	case run.Status == importer.Running:
		return "It is still running."
	case run.Status == importer.Interrupted:
		return "It was interrupted. Nothing was written into the catalogue."
	case run.Status == importer.Failed:
		return "It failed. Nothing was written into the catalogue."
	case run.Kind == importer.KindPreview && writes == 0:
		return "Nothing would change" + inRead(run) + remarks + "." + left
	case run.Kind == importer.KindPreview:
		return changes + " would be written" + remarks + ". Nothing was written yet." + left
	case run.Kind == importer.KindReconcile && run.DifferentRecords() == 0:
		return "Shop and store are the same" + inRead(run) + remarks + "." + left
	case run.Kind == importer.KindReconcile:
		return plain.Counted(run.DifferentRecords(), "difference") + " found" + remarks + ". Nothing was written into the catalogue." + left
	case writes == 0:
		return "Nothing had to be changed" + inRead(run) + remarks + "." + left
	default:
		return changes + " written" + remarks + "." + left
	}
}

// OnlyShows reports whether the counts of a run say what would happen, not what did.
func OnlyShows(run importer.Run) bool {
	return run.Kind == importer.KindPreview || run.Kind == importer.KindReconcile ||
		run.Status != importer.Succeeded && run.Status != importer.Partial
}

// ChangeCount is how many changes a run wrote, or a preview would write; 0 for an import
// that was stopped.
func ChangeCount(run importer.Run) int {
	if run.Kind == importer.KindImport && OnlyShows(run) {
		return 0
	}
	return run.Counts.RowWrites()
}

// RunTime is how long a run took, "" while it runs.
func RunTime(run importer.Run) string {
	if run.FinishedAt == nil {
		return ""
	}
	return plain.DurationText(run.FinishedAt.Sub(run.StartedAt))
}
