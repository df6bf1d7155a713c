package importer_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/applying"
	"github.com/eshopos/eshopctl/importer/checking"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/importer/planning"
	"github.com/eshopos/eshopctl/importer/staging"
	"github.com/eshopos/eshopctl/state"
	"github.com/eshopos/eshopctl/testdata/runs"
)

// shop is a shop in memory, whose records tests change at will. It gives them in the
// order in which they stand, the parts behind what they belong to.
type shop struct {
	info        importer.Shop
	began       time.Time // of each read; zero: with the call
	digested    bool      // a read finds out that it is as it was, and gives nothing then
	given       int       // how often records were given
	products    []importer.Product
	variants    []importer.Variant
	media       []importer.MediaItem
	links       []importer.VariantMedia
	categories  []importer.Category
	memberships []importer.Membership
	warehouses  []importer.Warehouse
	levels      []importer.Level
	nameless    []importer.NamelessRecord
	notRead     []importer.NotRead
	more        func(importer.Intake) error // gives what no other field holds; may be nil

	again func(*shop) // changes it before a record is read again
}

const (
	here, there = "gid://shopify/Location/1", "gid://shopify/Location/2"
	all         = "gid://shopify/Collection/1"
)

func product(n int) string { return fmt.Sprintf("gid://shopify/Product/%03d", n) }
func variant(n int) string { return fmt.Sprintf("gid://shopify/ProductVariant/%03d", n) }
func item(n int) string    { return fmt.Sprintf("gid://shopify/InventoryItem/%03d", n) }
func picture(n int) string { return fmt.Sprintf("gid://shopify/MediaImage/%03d", n) }

// level is the key of what is stocked of an item here.
func level(n int) string { return importer.JoinKey(item(n), here) }

// newShop has n products with a variant each, of which five are stocked here.
func newShop(n int) *shop {
	s := &shop{
		info:       importer.Shop{AccountID: "gid://shopify/Shop/1", Domain: "tea.myshopify.com", Name: "Tea", Currency: "EUR", Scopes: []string{"read_inventory", "read_locations", "read_products"}, APIVersion: "2026-10"},
		categories: []importer.Category{{ID: all, Title: "All", Slug: "all", Kind: "manual", SortOrder: "manual"}},
		warehouses: []importer.Warehouse{{ID: here, Name: "Here", Active: true}},
	}
	for i := range n {
		s.add(i)
	}
	return s
}

func (s *shop) add(n int) {
	sku := fmt.Sprintf("SKU-%03d", n)
	s.products = append(s.products, importer.Product{ID: product(n), Title: fmt.Sprintf("Tea %d", n), Slug: fmt.Sprintf("tea-%d", n), Status: "active"})
	s.variants = append(s.variants, importer.Variant{ID: variant(n), ProductID: product(n), InventoryItemID: item(n), Title: "Default", SKU: &sku,
		Price: "10.00", Currency: s.info.Currency, Position: 1, Tracked: true})
	s.memberships = append(s.memberships, importer.Membership{CategoryID: all, ProductID: product(n)})
	s.levels = append(s.levels, importer.Level{InventoryItemID: item(n), WarehouseID: here, Active: true, Available: importer.Units(5), OnHand: importer.Units(5)})
}

// drop takes a product and all that belongs to it out of the shop.
func (s *shop) drop(n int) {
	s.products = slices.DeleteFunc(s.products, func(p importer.Product) bool { return p.ID == product(n) })
	s.variants = slices.DeleteFunc(s.variants, func(v importer.Variant) bool { return v.ProductID == product(n) })
	s.media = slices.DeleteFunc(s.media, func(m importer.MediaItem) bool { return m.ProductID == product(n) })
	s.memberships = slices.DeleteFunc(s.memberships, func(m importer.Membership) bool { return m.ProductID == product(n) })
	s.levels = slices.DeleteFunc(s.levels, func(l importer.Level) bool { return l.InventoryItemID == item(n) })
}

func (s *shop) Shop(context.Context) (importer.Shop, error) { return s.info, nil }

func (s *shop) Read(_ context.Context, _ []connector.Resource, to importer.Intake) (importer.Reading, error) {
	reading := importer.Reading{Reader: importer.ReaderPaged, Began: s.began, NotRead: s.notRead}
	if s.digested {
		reading.Given = map[string]string{"everything": s.digest()}
		reading.Same = maps.Equal(reading.Given, to.GivenBefore())
	}
	if reading.Same {
		return reading, nil
	}
	s.given++
	err := s.give(to)
	for _, n := range s.nameless {
		err = errors.Join(err, to.PutNameless(n))
	}
	for _, c := range s.categories {
		err = errors.Join(err, to.PutCategory(c))
	}
	for _, w := range s.warehouses {
		err = errors.Join(err, to.PutWarehouse(w))
	}
	if s.more != nil {
		err = errors.Join(err, s.more(to))
	}
	return reading, err
}

// digest stands for all records. A shop says once in which currency it trades.
func (s *shop) digest() string {
	variants := slices.Clone(s.variants)
	for i := range variants {
		variants[i].Currency = ""
	}
	text, err := json.Marshal([]any{s.products, variants, s.media, s.links, s.categories, s.memberships, s.warehouses, s.levels, s.nameless})
	if err != nil {
		panic(err)
	}
	return string(text)
}

// RereadParent gives a record and its parts once more.
func (s *shop) RereadParent(_ context.Context, parent importer.ParentRef, to importer.Intake) error {
	if s.again != nil {
		s.again(s)
	}
	if err := to.ReplaceParent(parent); err != nil {
		return err
	}
	only := &shop{}
	for _, c := range s.categories {
		if parent.Part == importer.Memberships && c.ID == parent.ID {
			if err := to.PutCategory(c); err != nil {
				return err
			}
			only.memberships = s.memberships
		}
	}
	for _, p := range s.products {
		if p.ID == parent.ID {
			only.products = append(only.products, p)
		}
	}
	if parent.Part == importer.Media {
		only.media = s.media
	}
	if parent.Part == importer.Variants {
		only.variants, only.links = s.variants, s.links
	}
	return only.give(to)
}

// give gives records.
func (s *shop) give(to importer.Intake) (err error) {
	for _, p := range s.products {
		err = errors.Join(err, to.PutProduct(p))
	}
	for _, v := range s.variants {
		err = errors.Join(err, to.PutVariant(v))
	}
	for _, m := range s.media {
		err = errors.Join(err, to.PutMedia(m))
	}
	for _, l := range s.links {
		err = errors.Join(err, to.PutVariantMedia(l))
	}
	for _, m := range s.memberships {
		err = errors.Join(err, to.PutMembership(m))
	}
	for _, l := range s.levels {
		err = errors.Join(err, to.PutLevel(l))
	}
	return err
}

// benchKey seals the secrets of benches.
const benchKey = "a key of thirty-two characters, or so"

// bench is a state file with a store that is linked to a shop.
type bench struct {
	*testing.T
	db   *state.DB
	shop *shop
	link connector.Connector
	now  time.Time
}

func newBench(t *testing.T, s *shop) *bench {
	t.Helper()
	b := &bench{T: t, shop: s, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	db, err := state.Create(t.Context(), filepath.Join(t.TempDir(), "state.db"), state.WithClock(b.clock),
		state.WithKey(connector.NewSecret(benchKey), "", false))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	b.db = db
	b.connect()
	return b
}

// clock moves on by a second whenever it is read.
func (b *bench) clock() time.Time {
	b.now = b.now.Add(time.Second)
	return b.now
}

// connect links the store to the shop.
func (b *bench) connect() {
	b.Helper()
	if err := b.db.EndInstall(b.Context(), b.link, connector.Disconnected); b.link.Store != "" && err != nil {
		b.Fatal(err)
	}
	info := b.shop.info
	c := connector.Connector{
		Store: "main", Provider: "shopify", Domain: info.Domain, Account: info.Name, AccountID: info.AccountID, Currency: info.Currency,
		Auth: connector.AdminToken, Scopes: info.Scopes, Token: connector.TokenInfo{Kind: connector.Permanent}, ConnectedAt: b.clock(), CheckedAt: b.now,
	}
	var err error
	if b.link, err = b.db.SaveInstall(b.Context(), c, connector.Secrets{AccessToken: connector.NewSecret("token")}); err != nil {
		b.Fatal(err)
	}
}

func (b *bench) catalog() importer.Catalog {
	b.Helper()
	catalog, err := b.db.Catalog(b.Context(), b.link)
	if err != nil {
		b.Fatal(err)
	}
	return catalog
}

func (b *bench) begin(kind importer.Kind) importer.Run {
	b.Helper()
	run := importer.NewRun(kind, b.link, b.clock())
	run.WillRead(b.link, connector.Resources())
	run, err := b.db.BeginRun(b.Context(), run)
	if err != nil {
		b.Fatal(err)
	}
	return run
}

func (b *bench) previewer() *job.Previewer {
	return &job.Previewer{
		Stager:  staging.Stager{Source: b.shop, Program: "test", Workspace: b.db, Report: runs.Silent{}, Now: b.clock},
		Planner: planning.Planner{Catalog: b.catalog(), Workspace: b.db, Report: runs.Silent{}, Now: b.clock},
	}
}

// preview plans an import of everything, or of some resources.
func (b *bench) preview(choices importer.Choices, only ...connector.Resource) (importer.Run, importer.Plan) {
	b.Helper()
	if len(only) == 0 {
		only = connector.Resources()
	}
	run := b.begin(importer.KindPreview)
	plan, err := b.previewer().Preview(b.Context(), &run, b.link, only, choices)
	if err != nil {
		b.Fatal(err)
	}
	return run, plan
}

func (b *bench) apply(plan importer.Plan) (importer.Run, error) {
	b.Helper()
	runner := applying.Runner{Catalog: b.catalog(), Workspace: b.db, Report: runs.Silent{}, Now: b.clock}
	return runner.Apply(b.Context(), b.begin(importer.KindImport), plan)
}

// run previews and applies.
func (b *bench) run(only ...connector.Resource) importer.Run {
	b.Helper()
	_, plan := b.preview(importer.Choices{}, only...)
	run, err := b.apply(plan)
	if err != nil {
		b.Fatal(err)
	}
	return run
}

func (b *bench) reconcile() importer.Run {
	b.Helper()
	run := b.begin(importer.KindReconcile)
	snapshot, err := b.previewer().Stager.Read(b.Context(), &run, b.link, connector.Resources())
	if err == nil {
		reconciler := checking.Reconciler{Catalog: b.catalog(), Workspace: b.db, Report: runs.Silent{}, Now: b.clock}
		err = reconciler.Reconcile(b.Context(), &run, b.link, snapshot)
	}
	if err != nil {
		b.Fatal(err)
	}
	return run
}

// sql does to the rows what another program may.
func (b *bench) sql(statement string, args ...any) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.ToSlash(b.db.Path())+"?_pragma=busy_timeout(5000)&_pragma=foreign_keys(1)")
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(b.Context(), statement, args...); err != nil {
		b.Fatal(err)
	}
}

// row is a row of the catalogue, which may not be there.
func (b *bench) row(t *importer.Table, key string) (importer.Row, bool) {
	b.Helper()
	row, has, err := b.catalog().FindRow(b.Context(), t, key)
	if err != nil {
		b.Fatal(err)
	}
	return row, has
}

// value is the text of a column of a row, which must be there.
func (b *bench) value(t *importer.Table, key, column string) string {
	b.Helper()
	row, has := b.row(t, key)
	if !has {
		b.Fatalf("there is no %s of %s", importer.ShowKey(key), t.Name)
	}
	return row.Record[t.Column(column)].Text()
}

// codes are those of all remarks of a run, each with what it is about.
func (b *bench) codes(run string) (codes []string) {
	b.Helper()
	for remark := range must(b, b.db.Remarks(b.Context(), run, "")) {
		codes = append(codes, remark.Code+" "+remark.ExternalID)
	}
	slices.Sort(codes)
	return codes
}

// said tells whether a run remarked that about a record.
func (b *bench) said(run, code, key string) bool {
	b.Helper()
	return slices.Contains(b.codes(run), code+" "+importer.ShowKey(key))
}

// must are the elements of a sequence, which must not fail.
func must[T any](b *bench, of iter.Seq2[T, error]) iter.Seq[T] {
	b.Helper()
	return func(yield func(T) bool) {
		for one, err := range of {
			if err != nil {
				b.Fatal(err)
			}
			if !yield(one) {
				return
			}
		}
	}
}

// codeOf is the code of a fault, "" for none.
func codeOf(err error) connector.Code {
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) {
		return fault.Code
	}
	return ""
}
