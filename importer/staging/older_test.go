package staging

import (
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Stock that a run takes from before it is told by its age, once, and only where there is
// stock.
func TestOlderStockIsTold(t *testing.T) {
	for age, told := range map[time.Duration]bool{-time.Hour: false, time.Minute: false, 61 * time.Second: true, 59 * time.Minute: true} {
		if older := importer.StockOlder("from yesterday", age); (older != nil) != told || told && !strings.Contains(older.Message, "from yesterday") {
			t.Errorf("%s: %v", age, older)
		}
	}
	before := *importer.StockOlder("from a bulk operation", 5*time.Minute)
	snapshot := stockRemarks{remarks: []importer.Remark{before, {Code: importer.WarnStockNegative, Resource: importer.Stock.Name}}}
	for name, test := range map[string]struct {
		resources []connector.Resource
		want      []string
	}{
		"stock":    {[]connector.Resource{connector.Stock}, []string{importer.WarnStockOlder, importer.WarnStockNegative}},
		"no stock": {[]connector.Resource{connector.Products}, nil},
	} {
		part := Part{Snapshot: snapshot, Resources: test.resources, Older: importer.StockOlder("from a run", time.Hour)}
		var codes []string
		for remark, err := range part.Remarks() {
			if codes = append(codes, remark.Code); err != nil || remark.Message == before.Message {
				t.Errorf("%s: %v, %+v", name, err, remark)
			}
		}
		if !slices.Equal(codes, test.want) {
			t.Errorf("%s: %v", name, codes)
		}
	}
}

// stockRemarks is a snapshot of which only remarks on stock are asked for.
type stockRemarks struct {
	importer.Snapshot
	remarks []importer.Remark
}

func (s stockRemarks) RemarksOn(t *importer.Table) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for _, r := range s.remarks {
			if t == importer.Stock && !yield(r, nil) {
				return
			}
		}
	}
}
