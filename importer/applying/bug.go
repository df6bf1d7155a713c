package applying

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// reconciliationBug is the fault of a row that is not what the shop has after it was
// written. It should never occur.
func reconciliationBug(plan string, t *importer.Table, key string) error {
	return &connector.Fault{Code: connector.Internal,
		Message: fmt.Sprintf("reconciliation bug: after writing, the %s of %s is not what the shop has; everything was rolled back", t.Name,
			importer.ShowKey(key)),
		Next: reportNext(plan, t)}
}

// reportNext is the hint for faults that should never occur.
func reportNext(plan string, t *importer.Table) connector.Next {
	return connector.Typed("runs changes", plan, "--resource", t.Name, "-o", "jsonl").After("do not run it again blindly; report it with: ")
}
