package importer

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// olderStock is how long stock may have been read before the run without a remark.
const olderStock = time.Minute

// StockOlder is the remark on stock that a run takes from before it, nil when that is not
// old. from says where it comes from, up to when that was.
func StockOlder(from string, age time.Duration) *Remark {
	if age <= olderStock {
		return nil
	}
	return &Remark{
		Code: WarnStockOlder, Severity: Warning, Resource: Stock.Name,
		Message: fmt.Sprintf("stock comes %s %d minutes ago, before this run; what was sold since is not in it", from, int(age.Minutes())),
		Next:    connector.Advice("import once more after this, if much is sold"),
	}
}
