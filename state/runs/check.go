package runs

import (
	"fmt"

	"github.com/eshopos/eshopctl/importer"
)

// checkRun returns an error if a stored run is malformed.
func checkRun(run *importer.Run) error {
	switch run.Status {
	case importer.Running, importer.Succeeded, importer.Partial, importer.Failed, importer.Interrupted:
	default:
		return fmt.Errorf("the status %.40q", run.Status)
	}
	switch run.Kind {
	case importer.KindPreview, importer.KindImport, importer.KindReconcile, importer.KindUndo:
	default:
		return fmt.Errorf("the kind %.40q", run.Kind)
	}
	if run.ID == "" || run.Store == "" {
		return fmt.Errorf("a run of the store %.40q with the id %.40q", run.Store, run.ID)
	}
	if run.StartedAt.IsZero() {
		return fmt.Errorf("no time when it began")
	}
	for _, by := range []map[string]int{run.WarningsBy, run.RejectedBy} {
		for code, n := range by {
			if n < 0 {
				return fmt.Errorf("%d times %.40q", n, code)
			}
		}
	}
	return nil
}
