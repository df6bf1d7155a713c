package job

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Who is refused something in the middle of a read asks once more what is granted, and
// tells what that says; who stops it meanwhile has stopped it.
func TestARefusalInTheMiddleIsLookedInto(t *testing.T) {
	t.Parallel()
	refused := &connector.Fault{Code: connector.ScopeMissing, Message: "access denied"}
	denied := &importer.DeniedError{Fault: refused, Resource: connector.Warehouses}
	for name, c := range map[string]struct {
		refusal error
		granted bool
		code    connector.Code
		why     importer.Why
	}{
		"the scope went":          {refused, false, connector.ScopeMissing, importer.WhyScope},
		"the scope is there":      {refused, true, connector.ScopeMissing, importer.WhyEnded},
		"denied without a scope":  {denied, false, connector.ScopeMissing, importer.WhyScope},
		"denied though it grants": {denied, true, connector.ScopeMissing, importer.WhyDenied},
	} {
		w := newWorld(t, "Shop")
		w.fails["read"] = c.refusal
		w.asked = func() {
			if !c.granted {
				w.link.Scopes = nil
			}
		}
		report, err := Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: paged})
		kept := w.runs[report.Run.ID]
		if codeOf(err) != c.code || kept.Status != importer.Failed || whyOf(kept) != c.why {
			t.Errorf("%s: %v: %+v", name, err, kept.NotRead)
		}
		w.came("lock room begin met read probe end prune release-lock")
	}

	w := newWorld(t, "Shop")
	w.fails["read"] = denied
	ctx, stop := context.WithCancel(t.Context())
	w.asked = stop
	report, err := Preview(ctx, w.env(), w.link, PreviewRequest{Selection: paged})
	if codeOf(err) != connector.Interrupted || w.runs[report.Run.ID].Status != importer.Interrupted {
		t.Errorf("stopped: %v: %+v", err, report.Run)
	}
}

func whyOf(run importer.Run) importer.Why {
	for _, n := range run.NotRead {
		if n.Resource == string(connector.Warehouses) {
			return n.Why
		}
	}
	return ""
}

// What a run that was cut off had read to its end is taken up, unless it is of no use.
func TestACutOffRunIsTakenUp(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*world)
		came  string
		takes bool
	}{
		"fresh":      {func(*world) {}, "lock room begin met plan end prune release-lock", true},
		"old":        {func(w *world) { w.now = w.now.Add(2 * time.Hour) }, "lock room begin met read plan end prune release-lock", false},
		"unreadable": {func(w *world) { w.fails["leftover"] = &importer.UnreadableError{Run: "run-1", Err: errors.New("bits")} }, "lock room begin met read plan end prune release-lock", false},
	} {
		w := newWorld(t, "Shop")
		run, _ := w.previewed()
		w.left, w.events = w.snapshots[run.ID], nil
		c.spoil(w)
		report, err := Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: Selection{Reader: importer.ReaderAuto}})
		if err != nil || report.Run.Counts.Of(importer.Warehouses).Created != 1 || (report.Run.Reader == importer.ReaderReplay) != c.takes {
			t.Errorf("%s: %v: %+v", name, err, report.Run)
		}
		if _, told := w.events[0].(ReadTakenUp); told != c.takes {
			t.Errorf("%s: %+v", name, w.events)
		}
		w.came(c.came)
	}
}

// A run that died left the store behind, which is told.
func TestWhoDiedIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	w.died = []string{"run-0"}
	w.previewed()
	if died, told := w.events[0].(RunDied); !told || died.Run != "run-0" || died.Holder != "nobody" {
		t.Errorf("%+v", w.events)
	}
}

// A preview may plan once more from what an earlier run read, and asks no shop.
func TestAPreviewOfWhatWasRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	run, _ := w.previewed()
	from, err := SnapshotOf(t.Context(), w, run)
	if err != nil || from != run.ID {
		t.Fatal(from, err)
	}
	if report, err := Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: paged, From: from}); err != nil || report.Run.Counts.Of(importer.Warehouses).Created != 1 {
		t.Errorf("%v: %+v", err, report.Run)
	}
	w.came("lock room begin plan end prune release-lock")
	if _, err := Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: paged, From: "run-9"}); codeOf(err) != connector.Usage || len(w.runs) != 2 {
		t.Errorf("nothing is kept of it: %v, %d runs", err, len(w.runs))
	}
	if from, err := SnapshotOf(t.Context(), w, importer.Run{ID: "run-8", Plan: "run-7"}); err != nil || from != "run-8" {
		t.Error(from, err)
	}
}
