package importer

import (
	"fmt"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// olderStock is the age up to which stock that was read before the run gets no remark.
const olderStock = time.Minute

// StockOlder returns the remark on stock that was read before this run, nil if it is
// recent. from completes the sentence "stock comes FROM N minutes ago".
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
