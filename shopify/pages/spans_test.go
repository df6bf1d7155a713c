package pages

import (
	"testing"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/gid"
	"github.com/eshopos/eshopctl/shopify/records"
	"github.com/eshopos/eshopctl/shopify/repeats"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// progressOnly is an intake that keeps only progress.
type progressOnly struct {
	importer.Intake
	told [][2]int
}

func (p *progressOnly) ReportProgress(_ *importer.Table, _ importer.Phase, read, total int) {
	p.told = append(p.told, [2]int{read, total})
}

// Progress never exceeds the length of a list, even where spans meet and records come twice.
func TestProgressDoesNotCountTwice(t *testing.T) {
	intake := &progressOnly{}
	pass := spanPass[productsData, records.Product]{
		rootList: rootList[productsData, records.Product]{tables: []*importer.Table{importer.Products}},
		reader:   &Reader{intake: intake}, found: repeats.NewFinder(answers.NewSorter()), total: 2,
	}
	defer pass.found.Close()
	for _, id := range []string{"1", "2", "2"} {
		if err := pass.found.AddID(gid.Product + id); err != nil {
			t.Fatal(err)
		}
		pass.tellProgress()
	}
	if told := intake.told[2]; told != [2]int{2, 2} {
		t.Errorf("told %d of %d", told[0], told[1])
	}
}
