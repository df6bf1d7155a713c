package job

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// usual are limits for which nobody chose any.
var usual = UsualLimits()

func codeOf(err error) connector.Code {
	if err == nil {
		return ""
	}
	return classed(err).Code
}

// previewed is a preview that went well, and its plan.
func (w *world) previewed() (importer.Run, importer.Plan) {
	w.t.Helper()
	report, err := Preview(w.t.Context(), w.env(), w.link, PreviewRequest{Selection: paged})
	if err != nil || !report.Planned || report.Run.Status != importer.Succeeded {
		w.t.Fatalf("%+v: %v", report, err)
	}
	w.journal = nil
	return report.Run, w.plans[report.Run.ID]
}

var paged = Selection{Reader: importer.ReaderPaged}

// Each job does its steps in one order, and the last one gives the store back.
func TestTheOrderOfSteps(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	w := newWorld(t, "Shop", "Cellar")
	if report, err := Preview(ctx, w.env(), w.link, PreviewRequest{Selection: paged}); err != nil || report.Run.Counts.Of(importer.Warehouses).Created != 2 {
		t.Errorf("%+v: %v", report.Run, err)
	}
	w.came("lock room begin met read plan end prune release-lock")

	plan := w.plans["run-1"]
	if report, err := ApplyPlan(ctx, w.env(), w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: usual}); err != nil || report.Run.Status != importer.Succeeded || len(w.rows) != 2 {
		t.Errorf("%+v: %v", report.Run, err)
	}
	w.came("lock ask room begin turn apply finish release-turn prune release-lock")

	if report, err := Reconcile(ctx, w.env(), w.link, paged); err != nil || report.Run.DifferentRecords() != 0 {
		t.Errorf("%+v: %v", report.Run, err)
	}
	w.came("lock room begin met read plan end prune release-lock")

	w = newWorld(t, "Shop")
	if report, err := Import(ctx, w.env(), w.link, ImportRequest{Selection: paged, Limits: usual}); err != nil || report.Run.Status != importer.Succeeded || len(w.rows) != 1 {
		t.Errorf("%+v: %v", report.Run, err)
	}
	w.came("lock room begin met read plan ask turn apply finish release-turn prune release-lock")
}

// Nobody is asked about nothing.
func TestNothingToWriteIsNotAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.answer = errors.New("asked")
	if _, err := Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: usual}); err != nil {
		t.Error(err)
	}
}

// What is refused before it begins leaves no run behind, and no lock.
func TestARefusalLeavesNoTrace(t *testing.T) {
	t.Parallel()
	full, held := errors.New("no room"), &connector.Fault{Code: connector.Locked, Message: "held"}
	for name, c := range map[string]struct {
		spoil func(*world)
		came  string
		code  connector.Code
	}{
		"held":          {func(w *world) { w.fails["lock"] = held }, "lock", connector.Locked},
		"not connected": {func(w *world) { w.link.State = connector.Inactive }, "lock prune release-lock", connector.NotConnected},
		"no room":       {func(w *world) { w.fails["room"] = full }, "lock room prune release-lock", connector.Internal},
	} {
		w := newWorld(t, "Shop")
		c.spoil(w)
		for job, do := range map[string]func() (Report, error){
			"preview":   func() (Report, error) { return Preview(t.Context(), w.env(), w.link, PreviewRequest{Selection: paged}) },
			"import":    func() (Report, error) { return Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged}) },
			"reconcile": func() (Report, error) { return Reconcile(t.Context(), w.env(), w.link, paged) },
		} {
			if report, err := do(); codeOf(err) != c.code || report.Run.ID != "" || len(w.runs) != 0 {
				t.Errorf("%s, %s: %v, %d runs", job, name, err, len(w.runs))
			}
			w.came(c.came)
		}
	}
}

// A stale plan is refused before it begins, whatever makes it so, and nobody is asked.
func TestStalePlansAreRefused(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*world){
		"another run":    func(w *world) { w.serial++ },
		"another shop":   func(w *world) { w.link.AccountID = "gid://shopify/Shop/2" },
		"currency":       func(w *world) { w.link.Currency = "GBP" },
		"scopes":         func(w *world) { w.link.Scopes = append(w.link.Scopes, "write_products") },
		"age":            func(w *world) { w.now = w.now.Add(2 * time.Hour) },
		"clock":          func(w *world) { w.now = w.now.Add(-2 * time.Hour) },
		"not kept":       func(w *world) { clear(w.snapshots) },
		"capability set": func(w *world) { w.link.Purpose = []connector.Resource{connector.Stock} },
	} {
		w := newWorld(t, "Shop")
		_, plan := w.previewed()
		spoil(w)
		report, err := ApplyPlan(t.Context(), w.env(), w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: usual})
		if codeOf(err) != connector.StalePlan || report.Run.ID != "" || len(w.runs) != 1 || len(w.rows) != 0 {
			t.Errorf("%s: %v, %d runs", name, err, len(w.runs))
		}
		w.came("lock prune release-lock")
	}
}

// Whatever came in between while a plan waited for its turn is seen inside the
// transaction, and before it a store that was connected anew.
func TestWhatChangedWhileItWaited(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		spoil func(*world)
		code  connector.Code
	}{
		"another run":    {func(w *world) { w.serial++ }, connector.StalePlan},
		"connected anew": {func(w *world) { w.link.Generation++ }, connector.NotConnected},
	} {
		w := newWorld(t, "Shop")
		_, plan := w.previewed()
		env := w.env()
		env.Operator = asked(func() error { c.spoil(w); return nil })
		report, err := ApplyPlan(t.Context(), env, w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: usual})
		if codeOf(err) != c.code || w.runs[report.Run.ID].Status != importer.Failed || len(w.rows) != 0 {
			t.Errorf("%s: %v: %+v", name, err, report.Run)
		}
	}
}

type asked func() error

func (a asked) Confirm(context.Context, Question) error { return a() }

// What a limit stops is a run that failed, and nobody was asked.
func TestATrippedGuardIsRecorded(t *testing.T) {
	t.Parallel()
	one := usual
	one.Guards.Create = planning.Limit{Set: true, N: 1}
	w := newWorld(t, "Shop", "Cellar")
	_, plan := w.previewed()
	for name, do := range map[string]func() (Report, error){
		"import": func() (Report, error) {
			return Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: one})
		},
		"apply": func() (Report, error) {
			return ApplyPlan(t.Context(), w.env(), w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: one})
		},
	} {
		report, err := do()
		kept := w.runs[report.Run.ID]
		if codeOf(err) != connector.GuardTripped || report.Tripped == nil || kept.Status != importer.Failed || kept.Error.Code != connector.GuardTripped || kept.Counts.Of(importer.Warehouses).Created != 2 {
			t.Errorf("%s: %v: %+v", name, err, kept)
		}
		if steps := strings.Join(w.journal, " "); strings.Contains(steps, "ask") || strings.Contains(steps, "apply") || !strings.HasSuffix(steps, "end prune release-lock") {
			t.Errorf("%s: %s", name, steps)
		}
		w.journal = nil
	}
}

// A preview says what would stop an import of its plan by the very limits that stop one.
func TestAPreviewSaysWhatWouldStopIt(t *testing.T) {
	t.Parallel()
	for n, stops := range map[int]bool{9: false, 11: true} {
		plan := importer.Plan{Had: map[string]int{"products": 20}, Counts: runs.TallyOf(map[*importer.Table]importer.Counts{importer.Products: {Missing: n}})}
		stop, err := StopOf(plan), UsualLimits().checkPlan(plan)
		if (stop != nil) != stops || (err != nil) != stops || stops && !slices.Equal(stop.Flags, []string{"--max-missing", "off"}) {
			t.Errorf("%d of 20: %+v, %v", n, stop, err)
		}
	}
	other := importer.Plan{Takeover: &importer.Takeover{From: "old.myshopify.com", Products: 20}, Had: map[string]int{"products": 20}, Counts: runs.TallyOf(map[*importer.Table]importer.Counts{importer.Products: {Missing: 20}})}
	if stop := StopOf(other); stop == nil || !slices.Equal(stop.Flags, []string{"--account-change"}) {
		t.Errorf("%+v", stop)
	}
	meant := UsualLimits()
	meant.NewAccount = true
	if err := meant.checkPlan(other); err != nil {
		t.Errorf("what the old shop left may go: %v", err)
	}
	meant.AnyMissing = false
	if err := meant.checkPlan(other); codeOf(err) != connector.GuardTripped {
		t.Errorf("a limit was chosen: %v", err)
	}
}

// Who does not say yes keeps the plan, of an import as that of a preview.
func TestWhoDoesNotSayYesKeepsThePlan(t *testing.T) {
	t.Parallel()
	no := errors.New("the answer was not yes")
	for name, c := range map[string]struct {
		answer error
		code   connector.Code
		told   int
	}{
		"no":        {no, connector.Internal, 1},
		"no answer": {ErrNoAnswer, connector.Usage, 0},
		"^C":        {context.Canceled, connector.Interrupted, 0},
	} {
		w := newWorld(t, "Shop")
		w.answer = c.answer
		report, err := Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: usual})
		kept := w.runs[report.Run.ID]
		if codeOf(err) != c.code || !errors.Is(err, c.answer) || kept.Kind != importer.KindPreview || kept.Status != importer.Succeeded || len(w.rows) != 0 {
			t.Errorf("%s: %v: %+v", name, err, kept)
		}
		if told := len(w.events) - 1; told != c.told { // besides PlanMade
			t.Errorf("%s: %+v", name, w.events)
		}
		w.answer = nil
		plan, err := PlanOf(t.Context(), w, kept)
		if err == nil {
			_, err = ApplyPlan(t.Context(), w.env(), w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: usual})
		}
		if err != nil || len(w.rows) != 1 {
			t.Errorf("%s: afterwards %v, %d rows", name, err, len(w.rows))
		}
	}
	w := newWorld(t, "Shop")
	_, plan := w.previewed()
	w.answer = no
	if _, err := ApplyPlan(t.Context(), w.env(), w.link, ApplyRequest{Plan: plan, MaxAge: time.Hour, Limits: usual}); !errors.Is(err, no) || len(w.runs) != 1 {
		t.Errorf("%v, %d runs", err, len(w.runs))
	}
}

// A failure is recorded as it is told, with what to do next.
func TestAFailureIsRecorded(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	w.fails["read"] = &connector.Fault{Code: connector.Network, Message: "the line is dead", Next: connector.Advice("look at the line")}
	report, err := Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: usual})
	kept := w.runs[report.Run.ID]
	if codeOf(err) != connector.Network || kept.Status != importer.Failed || kept.FinishedAt == nil || kept.Error.Next.String() != "look at the line: import run --store main --yes" {
		t.Errorf("%v: %+v, %+v", err, kept, kept.Error)
	}
	w.came("lock room begin met read end prune release-lock")

	env := w.env()
	env.Again = func(words ...string) connector.Command { return connector.Typed("as it was typed", words...) }
	w.fails["read"] = context.Canceled
	report, err = Reconcile(t.Context(), env, w.link, paged)
	kept = w.runs[report.Run.ID]
	if codeOf(err) != connector.Interrupted || kept.Status != importer.Interrupted || kept.Error.Next.String() != "as it was typed --store main" {
		t.Errorf("%v: %+v, %+v", err, kept, kept.Error)
	}
}

// A commit that reports an error is looked up: it happened, or it did not.
func TestACommitThatIsNotKnown(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	unknown := &importer.UnknownOutcomeError{Err: errors.New("the disk is odd")}
	w.fails["commit"] = unknown
	report, err := Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: usual})
	if _, told := w.events[len(w.events)-1].(CommitConfirmed); err != nil || report.Run.Status != importer.Succeeded || !told {
		t.Errorf("%v: %+v, %+v", err, report.Run, w.events)
	}

	w = newWorld(t, "Shop")
	w.fails["apply"] = unknown
	if _, err = Import(t.Context(), w.env(), w.link, ImportRequest{Selection: paged, Limits: usual}); codeOf(err) != connector.StateUnusable || !strings.HasPrefix(err.Error(), "nothing was written") {
		t.Error(err)
	}
}

// Only the plan of a preview is applied.
func TestPlanOf(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "Shop")
	preview, _ := w.previewed()
	for name, run := range map[string]importer.Run{
		"of an import": {ID: preview.ID, Kind: importer.KindImport, Store: "main"},
		"not kept":     {ID: "run-9", Kind: importer.KindPreview, Store: "main"},
	} {
		if _, err := PlanOf(t.Context(), w, run); codeOf(err) != connector.Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
	if plan, err := PlanOf(t.Context(), w, preview); err != nil || plan.ID != preview.ID {
		t.Error(err)
	}
}
