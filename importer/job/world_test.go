package job

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/madeup"
)

// world is a store with its shop, a state and an operator, all in memory. It writes down
// in what order a job comes to them. The shop has places; the catalogue what was
// imported of them.
type world struct {
	t         *testing.T
	link      connector.Connector
	places    []string
	rows      []importer.Record
	serial    int64
	runs      map[string]importer.Run
	plans     map[string]importer.Plan
	changes   map[string][]importer.Change
	snapshots map[string]*pages
	now       time.Time

	died    []string                     // runs that count as running
	remarks map[string][]importer.Remark // by plan
	left    importer.Snapshot            // by a run that was cut off; nil for none
	asked   func()                       // when the shop is asked once more

	answer  error            // of the operator
	fails   map[string]error // by step
	journal []string
	events  []Event
}

func newWorld(t *testing.T, places ...string) *world {
	return &world{
		t: t, places: places, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC),
		link: connector.Connector{
			Store: "main", Provider: "shopify", Domain: "tea.myshopify.com", AccountID: "gid://shopify/Shop/1", Currency: "EUR",
			State: connector.Live, Scopes: madeup.Platform().Scopes[connector.Warehouses], Platform: madeup.Platform(), Purpose: []connector.Resource{connector.Warehouses},
		},
		runs: map[string]importer.Run{}, plans: map[string]importer.Plan{}, changes: map[string][]importer.Change{},
		remarks: map[string][]importer.Remark{}, snapshots: map[string]*pages{}, fails: map[string]error{},
	}
}

func (w *world) env() Env {
	return Env{
		State: w, Shops: w, Operator: w, Listener: w, User: "op@host", Program: "test",
		Now:  func() time.Time { w.now = w.now.Add(time.Second); return w.now },
		Room: func() error { return w.step("room") }, Classify: classed,
	}
}

func classed(err error) *connector.Fault {
	var fault *connector.Fault
	switch {
	case errors.As(err, &fault):
		return fault
	case errors.Is(err, context.Canceled):
		return &connector.Fault{Code: connector.Interrupted, Message: "interrupted", Err: err}
	}
	return &connector.Fault{Code: connector.Internal, Message: err.Error(), Err: err}
}

// step writes a step down, which may be one that fails.
func (w *world) step(name string) error {
	w.journal = append(w.journal, name)
	return w.fails[name]
}

// came asserts the steps that there were since it was asked last.
func (w *world) came(want string) {
	w.t.Helper()
	if got := strings.Join(w.journal, " "); got != want {
		w.t.Errorf("the steps were\n%s\nand not\n%s", got, want)
	}
	w.journal = nil
}

// The operator and the listener.

func (w *world) Confirm(context.Context, Question) error {
	w.journal = append(w.journal, "ask")
	return w.answer
}

func (w *world) Tell(e Event)                                      { w.events = append(w.events, e) }
func (w *world) Reading(*importer.Table, importer.Phase, int, int) {}
func (w *world) Planning(*importer.Table)                          {}
func (w *world) Applying(int, int)                                 {}

// The shops.

func (w *world) Source(connector.Connector, importer.Reader) (importer.Source, error) {
	return placesOf{world: w}, nil
}

func (w *world) Contact(connector.Connector) (Contact, error) { return w, nil }

func (w *world) Met(_ context.Context, c connector.Connector, a connector.Account) (connector.Connector, error) {
	c.Scopes = a.Scopes
	return c, w.step("met")
}

func (w *world) Missed(_ context.Context, c connector.Connector, err error) (connector.Connector, error) {
	return c, err
}

func (w *world) Probe(_ context.Context, c connector.Connector) (connector.Connector, error) {
	if w.asked != nil {
		w.asked()
	}
	c.Scopes = w.link.Scopes
	return c, w.step("probe")
}

type placesOf struct {
	importer.Source
	*world
}

func (s placesOf) Shop(context.Context) (importer.Shop, error) {
	return importer.Shop{AccountID: s.link.AccountID, Domain: s.link.Domain, Currency: s.link.Currency, Scopes: s.link.Scopes}, s.fails["shop"]
}

func (s placesOf) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	if err := s.step("read"); err != nil {
		return importer.Reading{}, err
	}
	for i, place := range s.places {
		if err := to.PutWarehouse(importer.Warehouse{ID: fmt.Sprintf("gid://shopify/Location/%d", i+1), Name: place, Active: true}); err != nil {
			return importer.Reading{}, err
		}
	}
	return importer.Reading{Reader: importer.ReaderPaged}, nil
}

// The history, the plans and the locks.

func (w *world) BeginRun(_ context.Context, run importer.Run) (importer.Run, error) {
	run.ID = fmt.Sprintf("run-%d", len(w.runs)+1)
	w.runs[run.ID] = run
	return run, w.step("begin")
}

func (w *world) EndRun(_ context.Context, run importer.Run) error {
	w.runs[run.ID] = run
	return w.step("end")
}

func (w *world) DeadRuns(context.Context, connector.ID) ([]string, error) { return w.died, nil }

func (w *world) Run(_ context.Context, _, id string) (importer.Run, error) { return w.runs[id], nil }

func (w *world) PruneRuns(context.Context, connector.ID, int) error { return w.step("prune") }

func (w *world) Plan(_ context.Context, run string) (importer.Plan, error) {
	plan, kept := w.plans[run]
	if !kept {
		return plan, importer.ErrNotKept
	}
	return plan, nil
}

func (w *world) Remarks(_ context.Context, plan, _ string) iter.Seq2[importer.Remark, error] {
	return func(yield func(importer.Remark, error) bool) {
		for _, remark := range w.remarks[plan] {
			if !yield(remark, nil) {
				return
			}
		}
	}
}

func (w *world) Leftover(context.Context, connector.ID) (importer.Snapshot, error) {
	if w.left == nil {
		return nil, importer.ErrNotKept
	}
	return w.left, w.fails["leftover"]
}

func (w *world) Connector(context.Context, string, string) (connector.Connector, error) {
	return w.link, nil
}

func (w *world) Reopen(context.Context) error { return w.step("reopen") }

func (w *world) StoreLock(connector.ID) Lock { return lockOf{w, "lock"} }
func (w *world) ApplyLock() Lock             { return lockOf{w, "turn"} }

type lockOf struct {
	*world
	name string
}

func (l lockOf) Holder(context.Context) string      { return "nobody" }
func (l lockOf) Take(context.Context, string) error { return l.step(l.name) }
func (l lockOf) Wait(context.Context, string) error { return l.step(l.name) }
func (l lockOf) IsHeld() bool                       { return false }
func (l lockOf) Release() error                     { return l.step("release-" + l.name) }

// The workspace.

func (w *world) NewSorter() importer.Sorter { return answers.NewSorter() }

// pages is a snapshot with one chunk.
type pages struct {
	importer.Snapshot
	importer.SnapshotWriter
	world *world
	info  importer.SnapshotInfo
	chunk importer.Chunk
	text  []byte
}

func (w *world) NewSnapshot(context.Context, string) (importer.SnapshotWriter, error) {
	return &pages{world: w}, nil
}

func (p *pages) WriteRecord(t *importer.Table, r importer.Record) error {
	p.text = importer.AppendRecord(p.text, r)
	p.chunk.Records, p.chunk.Last = p.chunk.Records+1, t.Key(r)
	return nil
}

func (p *pages) WriteRemark(*importer.Table, importer.Remark) error { return nil }
func (p *pages) Discard() error                                     { return nil }

func (p *pages) Commit(info importer.SnapshotInfo) (importer.Snapshot, error) {
	p.info, p.chunk.Digest = info, string(p.text)
	p.world.snapshots[info.Run] = p
	return p, nil
}

func (p *pages) Info() importer.SnapshotInfo { return p.info }

func (p *pages) Chunks(t *importer.Table) iter.Seq2[importer.Chunk, error] {
	return func(yield func(importer.Chunk, error) bool) {
		if t == importer.Warehouses && p.chunk.Records > 0 {
			yield(p.chunk, nil)
		}
	}
}

func (p *pages) UnpackChunk(t *importer.Table, _ importer.Chunk) (importer.PackedRecords, error) {
	return importer.PackedRecordsOf(string(p.text), importer.LayoutOf(t, t.ColumnNames())), nil
}

func (p *pages) Remarks() iter.Seq2[importer.Remark, error] { return p.RemarksOn(nil) }

func (p *pages) RemarksOn(*importer.Table) iter.Seq2[importer.Remark, error] {
	return func(func(importer.Remark, error) bool) {}
}

func (w *world) Snapshot(_ context.Context, run string) (importer.Snapshot, error) {
	kept := w.snapshots[run]
	if kept == nil {
		return nil, importer.ErrNotKept
	}
	return kept, nil
}

func (w *world) LastSnapshot(context.Context, connector.ID) (importer.Snapshot, error) {
	return w.Snapshot(context.Background(), fmt.Sprintf("run-%d", len(w.runs)))
}

type planPaper struct {
	*world
	run string
}

func (w *world) NewPlan(_ context.Context, run string) (importer.PlanWriter, error) {
	return planPaper{w, run}, w.step("plan")
}

func (p planPaper) WriteChange(c importer.Change) error {
	p.changes[p.run] = append(p.changes[p.run], c)
	return nil
}

func (p planPaper) WriteRemark(importer.Remark) error { return nil }
func (p planPaper) Discard() error                    { return nil }

func (p planPaper) Commit(plan importer.Plan) error {
	for _, remark := range p.remarks[p.run] {
		plan.WarningsBy[remark.Code]++
		plan.Warnings++
	}
	p.plans[p.run] = plan
	return nil
}

func (w *world) Changes(_ context.Context, plan string, t *importer.Table) iter.Seq2[importer.Change, error] {
	return func(yield func(importer.Change, error) bool) {
		for _, c := range w.changes[plan] {
			if c.Table == t && !yield(c, nil) {
				return
			}
		}
	}
}

// The mapping.

func (w *world) LinkWarehouse(_ context.Context, _ connector.Connector, warehouse, location string, _ bool) (LinkResult, error) {
	return LinkResult{Warehouse: Warehouse{ID: warehouse, ExternalID: location}}, w.step("link")
}

func (w *world) LinkNewWarehouse(_ context.Context, _ connector.Connector, shown importer.Record, _ bool) (LinkResult, error) {
	name := shown[importer.Warehouses.Column("name")].Text()
	return LinkResult{Warehouse: Warehouse{ID: "9", Name: name, ExternalID: shown[0].Text()}}, w.step("link-new")
}

func (w *world) UnlinkWarehouse(_ context.Context, _, warehouse string) (Warehouse, error) {
	return Warehouse{ID: warehouse}, w.step("unlink")
}

func (w *world) PlanMerge(_ context.Context, _ connector.Connector, from, into string) (MergePlan, error) {
	return MergePlan{From: Warehouse{ID: from}, Into: Warehouse{ID: into}}, w.step("plan-merge")
}

func (w *world) MergeWarehouses(context.Context, connector.Connector, MergePlan) error {
	return w.step("merge")
}

// The catalogue.

type shelves struct {
	importer.CatalogWriter
	*world
}

func (w *world) Catalog(context.Context, connector.Connector) (importer.Catalog, error) {
	return shelves{world: w}, nil
}

func (s shelves) Serial(context.Context) (int64, int64, error) { return s.serial, 0, nil }

func (s shelves) ImportedSnapshot(context.Context, *importer.Table) (importer.Snapshot, error) {
	return nil, importer.ErrNotKept
}

func (s shelves) Deviations(context.Context, *importer.Table) iter.Seq2[importer.Deviation, error] {
	return func(func(importer.Deviation, error) bool) {}
}

func (s shelves) FindRow(_ context.Context, t *importer.Table, key string) (importer.Row, bool, error) {
	for _, record := range s.rows {
		if t == importer.Warehouses && t.Key(record) == key {
			return importer.Row{Key: key, LocalID: "1", Record: record, Linked: true}, true, nil
		}
	}
	return importer.Row{}, false, nil
}

func (s shelves) IsTableEmpty(context.Context, *importer.Table) (bool, error) {
	return len(s.rows) == 0, nil
}

func (s shelves) Rows(_ context.Context, t *importer.Table) iter.Seq2[importer.Row, error] {
	return func(yield func(importer.Row, error) bool) {
		for _, record := range s.rows {
			if t == importer.Warehouses && !yield(importer.Row{Key: t.Key(record), LocalID: "1", Record: record, Linked: true}, nil) {
				return
			}
		}
	}
}

func (s shelves) UnlinkedRows(context.Context, *importer.Table) iter.Seq2[importer.Row, error] {
	return func(func(importer.Row, error) bool) {}
}

func (s shelves) StoodFor(context.Context, string) ([]string, error) { return nil, nil }
func (s shelves) FormerShops(context.Context) ([]string, error)      { return nil, nil }
func (s shelves) CountRows(context.Context, *importer.Table) (int, error) {
	return len(s.rows), nil
}

func (s shelves) RowsNaming(context.Context, *importer.Table, int, []string) iter.Seq2[importer.Row, error] {
	return func(func(importer.Row, error) bool) {}
}

func (s shelves) FirstDangling(context.Context, *importer.Table, importer.Parent, []string, []string) (string, error) {
	return "", nil
}

func (s shelves) FirstAbsent(context.Context, *importer.Table, []string) (string, error) {
	return "", nil
}

// InTransaction is all or nothing, and may say that it does not know.
func (s shelves) InTransaction(_ context.Context, write func(importer.CatalogWriter) error) error {
	if err := s.step("apply"); err != nil {
		return err
	}
	if err := write(s); err != nil {
		return err
	}
	return s.fails["commit"]
}

func (s shelves) InsertAll(_ context.Context, _ *importer.Table, records iter.Seq2[importer.Record, error], _ string) error {
	for record, err := range records {
		if err != nil {
			return err
		}
		s.world.rows = append(s.world.rows, slices.Clone(record))
	}
	return nil
}

func (s shelves) LastReadSnapshots(context.Context, *importer.Table) (map[string]importer.Snapshot, error) {
	return nil, nil
}
func (s shelves) NoteUnread(context.Context, *importer.Table, []string) error          { return nil }
func (s shelves) NoteBrought(context.Context, *importer.Table, string, []string) error { return nil }
func (s shelves) ForgetEdits(context.Context, *importer.Table, int64) error            { return nil }

func (s shelves) FinishRun(_ context.Context, run importer.Run, _ []connector.Resource, _ time.Time) error {
	s.world.serial++
	s.world.runs[run.ID] = run
	return s.step("finish")
}
