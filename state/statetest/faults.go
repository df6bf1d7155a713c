package statetest

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/runs"
)

var errCrash = errors.New("crash")

// newChangedBench is a bench that has imported a shop which changed since in each way that a
// plan has an action for.
func newChangedBench(t *testing.T, open Open) *Bench {
	b := NewBench(t, open, Stocked(3, 5))
	b.Run()
	b.Shop.DropProduct("gid://shopify/Product/4")
	b.Shop.RemoveVariant("gid://shopify/ProductVariant/3-1")
	b.Shop.RenameLocation(locationZero, "Renamed in the shop")
	for i := range 3 {
		b.Shop.AddProduct(10 + i)
	}
	for id, level := range b.Shop.Levels {
		level.Available = importer.Units(level.Available.Units + 1)
		b.Shop.Levels[id] = level
	}
	return b
}

// newPlan is a plan for what has changed, and a run that is to apply it.
func (b *Bench) newPlan() (importer.Plan, importer.Run) {
	b.t.Helper()
	_, plan, err := b.Preview(importer.Choices{})
	if err != nil {
		b.t.Fatal(err)
	}
	return plan, b.beginImport()
}

func (b *Bench) beginImport() importer.Run {
	b.t.Helper()
	run, err := b.Engine.BeginRun(b.t.Context(), importer.NewRun(importer.KindImport, b.Link, b.Clock()))
	if err != nil {
		b.t.Fatal(err)
	}
	return run
}

// applyThrough applies a plan through a catalogue that need not be a bench's own.
func (b *Bench) applyThrough(ctx context.Context, catalog importer.Catalog, run importer.Run, plan importer.Plan) (importer.Run, error) {
	runner := applying.Runner{Catalog: catalog, Workspace: b.Engine, Report: runs.Silent{}, Now: b.Clock}
	return runner.Apply(ctx, run, plan)
}

// TestAFaultLeavesTheCatalogueAsItWas: whatever storage does, nothing is written or
// everything, and when it is mended the same plan can be applied.
func TestAFaultLeavesTheCatalogueAsItWas(t *testing.T, open Open) {
	for _, fault := range []Fault{NoRoom, NoCommit} {
		b := newChangedBench(t, open)
		for i := range 200 {
			b.Shop.AddProduct(100 + i)
		}
		before := b.Digest()
		plan, run := b.newPlan()
		mend := b.Place.Break(fault)
		_, err := b.applyThrough(t.Context(), b.catalog(), run, plan)
		mend()
		if err == nil {
			t.Errorf("%s, and the run knows nothing of it", fault)
		}
		b.Engine = b.another()
		if b.Digest() != before {
			t.Errorf("%s, and something was written", fault)
		}
		if stored, err := b.Engine.Run(t.Context(), "main", run.ID); err != nil || stored.Status == importer.Succeeded {
			t.Errorf("%s, and the run is %s: %v", fault, stored.Status, err)
		}
		if _, err := b.Apply(plan); err != nil {
			t.Errorf("%s, and after that: %v", fault, err)
		}
		b.MustRest(t)
	}
}

// TestEachStepMayFail: the transaction ends at each of its steps, by an error, by an
// interrupt and by the loss of the connection.
func TestEachStepMayFail(t *testing.T, open Open) {
	stride := max(1, 40/campaign.Of(t, "steps at which a transaction ends", 8, 40, 40))
	for name, ends := range map[string]func(b *Bench, stop context.CancelFunc) error{
		"an error":            func(*Bench, context.CancelFunc) error { return errCrash },
		"an interrupt":        func(_ *Bench, stop context.CancelFunc) error { stop(); return nil },
		"a closed connection": func(b *Bench, _ context.CancelFunc) error { return b.Engine.Close() },
	} {
		b := newChangedBench(t, open)
		before := b.Digest()
		plan, _ := b.newPlan()
		for n := 1; ; n += stride {
			ctx, stop := context.WithCancel(t.Context())
			steps := &endingCatalog{Catalog: b.catalog(), left: n, end: func() error { return ends(b, stop) }}
			_, err := b.applyThrough(ctx, steps, b.beginImport(), plan)
			stop()
			b.Engine = b.another()
			now := b.Digest()
			if steps.left > 0 { // it ended before that
				if err != nil || now == before || n < 10 {
					t.Fatalf("%s after %d steps, which is after the last: %v", name, n, err)
				}
				break
			}
			if err == nil && now != before {
				break // it was too late to stop it
			}
			if err == nil || now != before {
				t.Fatalf("%s after %d steps: %v, written: %t", name, n, err, now != before)
			}
		}
		b.MustRest(t)
	}
}

// endingCatalog is a catalogue of whose steps one ends in another way.
type endingCatalog struct {
	importer.Catalog
	left int // steps until then
	end  func() error
}

func (s *endingCatalog) countStep() error {
	if s.left--; s.left == 0 {
		return s.end()
	}
	return nil
}

func (s *endingCatalog) InTransaction(ctx context.Context, work func(importer.CatalogWriter) error) error {
	return s.Catalog.InTransaction(ctx, func(to importer.CatalogWriter) error {
		if err := work(endingWriter{to, s}); err != nil {
			return err
		}
		return s.countStep()
	})
}

type endingWriter struct {
	importer.CatalogWriter
	by *endingCatalog
}

func (w endingWriter) InsertAll(ctx context.Context, t *importer.Table, records iter.Seq2[importer.Record, error], run string) error {
	return errors.Join(w.CatalogWriter.InsertAll(ctx, t, records, run), w.by.countStep())
}

func (w endingWriter) UpdateRow(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	return errors.Join(w.CatalogWriter.UpdateRow(ctx, t, row, record, run), w.by.countStep())
}

func (w endingWriter) MarkMissing(ctx context.Context, t *importer.Table, row importer.Row, record importer.Record, run string) error {
	return errors.Join(w.CatalogWriter.MarkMissing(ctx, t, row, record, run), w.by.countStep())
}

func (w endingWriter) RemoveRow(ctx context.Context, t *importer.Table, row importer.Row) error {
	return errors.Join(w.CatalogWriter.RemoveRow(ctx, t, row), w.by.countStep())
}

func (w endingWriter) NoteBrought(ctx context.Context, t *importer.Table, snapshot string, without []string) error {
	return errors.Join(w.CatalogWriter.NoteBrought(ctx, t, snapshot, without), w.by.countStep())
}

func (w endingWriter) FinishRun(ctx context.Context, run importer.Run, resources []connector.Resource, asOf time.Time) error {
	return errors.Join(w.CatalogWriter.FinishRun(ctx, run, resources, asOf), w.by.countStep())
}

// unsureCatalog is a catalogue whose commits report an error, whether they happened or not.
type unsureCatalog struct {
	importer.Catalog
	happens bool
}

func (l unsureCatalog) InTransaction(ctx context.Context, work func(importer.CatalogWriter) error) error {
	err := l.Catalog.InTransaction(ctx, func(to importer.CatalogWriter) error {
		if err := work(to); err != nil || l.happens {
			return err
		}
		return errCrash
	})
	if err == nil || errors.Is(err, errCrash) {
		return &importer.UnknownOutcomeError{Err: errCrash}
	}
	return err
}

// TestAnUnknownCommitIsLookedAt: after a commit of which nobody knows what it came to, a
// state that is opened anew tells by the run whether it happened.
func TestAnUnknownCommitIsLookedAt(t *testing.T, open Open) {
	for _, happens := range []bool{true, false} {
		b := newChangedBench(t, open)
		before := b.Digest()
		plan, run := b.newPlan()
		_, err := b.applyThrough(t.Context(), unsureCatalog{b.catalog(), happens}, run, plan)
		if unknown := (*importer.UnknownOutcomeError)(nil); !errors.As(err, &unknown) {
			t.Fatalf("it came out as %v", err)
		}
		if err := b.Engine.Reopen(t.Context()); err != nil {
			t.Fatal(err)
		}
		stored, err := b.Engine.Run(t.Context(), "main", run.ID)
		if err != nil || (stored.FinishedAt != nil) != happens || (b.Digest() != before) != happens {
			t.Errorf("happened: %t, and the run is %s, written: %t, %v", happens, stored.Status, b.Digest() != before, err)
		}
	}
}

// TestReadersSeeTheLastCommit: who reads beside a run sees what was there before, whole,
// and does not wait for it.
func TestReadersSeeTheLastCommit(t *testing.T, open Open) {
	b := newChangedBench(t, open)
	beside := *b
	beside.Engine = b.another()
	before := b.Digest()
	plan, run := b.newPlan()
	looked := 0
	steps := &endingCatalog{Catalog: b.catalog(), left: 1}
	steps.end = func() error {
		if looked++; beside.Digest() != before {
			t.Error("a reader sees what is not committed")
		}
		steps.left = 1
		return nil
	}
	if _, err := b.applyThrough(t.Context(), steps, run, plan); err != nil {
		t.Fatal(err)
	}
	if now := beside.Digest(); now == before || now != b.Digest() || looked < 10 {
		t.Errorf("after %d looks the reader does not see the commit", looked)
	}
}
