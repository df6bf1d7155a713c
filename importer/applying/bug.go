package applying

import (
	"fmt"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// reconciliationBug says that what was written is not what the shop has, which should
// never be.
func reconciliationBug(plan string, t *importer.Table, key string) error {
	return &connector.Fault{Code: connector.Internal,
		Message: fmt.Sprintf("reconciliation bug: after writing, the %s of %s is not what the shop has; everything was rolled back", t.Name,
			importer.ShowKey(key)),
		Next: reportNext(plan, t)}
}

// reportNext is what to do about what should never be: it is looked into by others.
func reportNext(plan string, t *importer.Table) connector.Next {
	return connector.Typed("runs changes", plan, "--resource", t.Name, "-o", "jsonl").After("do not run it again blindly; report it with: ")
}
