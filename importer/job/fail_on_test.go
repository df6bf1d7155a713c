package job

import (
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Warnings that are named stop a preview and an import, unless an earlier run had them
// as well; the plan of the preview is kept to be looked at.
func TestNamedWarningsFail(t *testing.T) {
	t.Parallel()
	zeroed := importer.Remark{Code: importer.WarnStockZeroed, Severity: importer.Warning, Resource: "stock", ExternalID: "1", Message: "none is left of A"}
	known, err := importer.NewBaseline(importer.Run{ID: "run-0", WarningsBy: map[string]int{zeroed.Code: 1}}, func(yield func(importer.Remark, error) bool) { yield(zeroed, nil) })
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		on    FailOn
		stops bool
	}{
		"none":        {FailOn{}, false},
		"another one": {FailOn{Codes: []string{importer.WarnMissing}}, false},
		"this one":    {FailOn{Codes: []string{importer.WarnStockZeroed}}, true},
		"any":         {FailOn{Codes: []string{AnyCode}}, true},
		"accepted":    {FailOn{Codes: []string{AnyCode}, Baseline: "run-0", Accepted: known}, false},
	} {
		w := newWorld(t, "Shop")
		w.remarks["run-1"] = []importer.Remark{zeroed}
		report, err := Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: paged, FailOn: c.on})
		kept := w.runs["run-1"]
		if (codeOf(err) == connector.GuardTripped) != c.stops || (kept.Status == importer.Failed) != c.stops || !report.Planned || kept.AcceptedOf != c.on.Baseline {
			t.Errorf("%s: preview: %v: %+v", name, err, kept)
		}
		if c.stops && !strings.Contains(err.Error(), "W-STOCK-ZEROED 1, such as: none is left of A") {
			t.Errorf("%s: %v", name, err)
		}
		limits := usual
		limits.FailOn = c.on
		_, err = ApplyPlan(t.Context(), w.env(), w.link, ApplyRequest{Plan: w.plans["run-1"], MaxAge: time.Hour, Limits: limits})
		if kept := w.runs["run-2"]; (codeOf(err) == connector.GuardTripped) != c.stops || (len(w.rows) == 0) != c.stops || kept.AcceptedOf != c.on.Baseline {
			t.Errorf("%s: apply: %v: %+v", name, err, kept)
		}
	}
}
