package importer_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// notes are a made-up table whose records belong to a product or to a variant, as a column
// says.
var notes = &importer.Table{
	Name: "notes", One: "note", Resource: connector.Products,
	Columns: []importer.Column{{Name: "external_id"}, {Name: "owner_type"}, {Name: "owner_external_id"}, {Name: "wording"}},
	Keys:    []int{0}, Reason: 3,
	Parents: []importer.Parent{
		{Column: 2, Table: importer.Products, As: "owner", When: &importer.Field{Column: 1, Value: importer.String("product")}},
		{Column: 2, Table: importer.Variants, As: "owner", When: &importer.Field{Column: 1, Value: importer.String("variant")}},
	},
	Shown: importer.Shown{Listed: "wording owner external_id"},
	Label: importer.Label{Called: []int{3}}, Searched: []string{"wording"},
}

const notesInSQL = `CREATE TABLE notes (store TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, external_id TEXT NOT NULL,
		owner_type TEXT, owner_external_id TEXT, wording TEXT, PRIMARY KEY (account, external_id)) WITHOUT ROWID;
	CREATE TRIGGER notes_inserted AFTER INSERT ON notes BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'notes', NEW.external_id, ''); END;
	CREATE TRIGGER notes_updated AFTER UPDATE ON notes WHEN (SELECT yes FROM importing) = 0 BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (NEW.account, 'notes', NEW.external_id, ''); END;
	CREATE TRIGGER notes_deleted AFTER DELETE ON notes WHEN (SELECT yes FROM importing) = 0 BEGIN
		INSERT OR REPLACE INTO edits (account, resource, key1, key2) VALUES (OLD.account, 'notes', OLD.external_id, ''); END;`

// board is a bench whose shop pins a note to each product and to each variant. An owner is
// a kind and an id.
type board struct {
	*bench
	pinned map[string][2]string // owners of notes, by the number of the note
}

func newBoard(t *testing.T, n int) *board {
	t.Cleanup(importer.Declare(notes))
	b := &board{newBench(t, newShop(n)), map[string][2]string{}}
	b.sql(notesInSQL)
	for i := range n {
		b.pinned[fmt.Sprintf("p%d", i)], b.pinned[fmt.Sprintf("v%d", i)] = [2]string{"product", product(i)}, [2]string{"variant", variant(i)}
	}
	b.shop.more = func(to importer.Intake) (err error) {
		for id, owner := range b.pinned {
			err = errors.Join(err, to.PutRecord(notes, importer.Record{importer.String(id), importer.String(owner[0]), importer.String(owner[1]), importer.String("note " + id)}))
		}
		return err
	}
	return b
}

func (b *board) expect(what string, want importer.Counts) importer.Run {
	b.Helper()
	run := b.run()
	if got := *run.Counts.Of(notes); got != want {
		b.Errorf("%s: %+v, want %+v, %v", what, got, want, b.codes(run.Plan))
	}
	again := b.run() // whatever happened, a rerun changes nothing
	if counts := *again.Counts.Of(notes); counts.Created+counts.Updated+counts.Removed > 0 {
		b.Errorf("%s, rerun: %+v", what, counts)
	}
	return run
}

// of is whose note that is here, "" where it is not.
func (b *board) of(id string) string {
	b.Helper()
	row, has := b.row(notes, id)
	if !has {
		return ""
	}
	return row.Record[1].Text() + " " + row.Record[2].Text()
}

// The owner decides what becomes of a record, whatever else has the same id.
func TestAParentThatDependsOnAColumn(t *testing.T) {
	b := newBoard(t, 4)
	b.expect("first", importer.Counts{Read: 8, Created: 8})
	b.pinned["p0"] = [2]string{"variant", variant(0)}
	b.expect("one is pinned elsewhere", importer.Counts{Read: 8, Updated: 1, Unchanged: 7})
	if got := b.of("p0"); got != "variant "+variant(0) {
		t.Errorf("it belongs to %s", got)
	}

	delete(b.pinned, "p3")
	b.expect("one was taken off", importer.Counts{Read: 7, Unchanged: 7, Removed: 1})
	b.shop.drop(2)
	delete(b.pinned, "p2")
	delete(b.pinned, "v2")
	b.expect("a product vanished", importer.Counts{Read: 5, Unchanged: 5})
	if b.of("p2") == "" || b.of("v2") == "" {
		t.Error("notes went although what they belong to is kept")
	}
	b.shop.variants = b.shop.variants[:2] // not that of product 3
	b.shop.levels = b.shop.levels[:2]
	delete(b.pinned, "v3")
	b.expect("a variant is gone", importer.Counts{Read: 4, Unchanged: 4, Removed: 1})
}

// What cannot be imported takes along what belongs to it, and nothing else.
func TestARecordWithoutItsOwnerIsRejected(t *testing.T) {
	b := newBoard(t, 3)
	b.expect("first", importer.Counts{Read: 6, Created: 6})
	b.pinned["lost"], b.pinned["odd"], b.pinned["wrong"] = [2]string{"variant", "gone"}, [2]string{"shelf", product(0)}, [2]string{"variant", product(0)}
	b.pinned["v1"] = [2]string{"", variant(1)} // which was imported
	run := b.expect("three lack their owner", importer.Counts{Read: 9, Unchanged: 5, Rejected: 4})
	said := ""
	for remark := range must(b.bench, b.db.Remarks(t.Context(), run.Plan, importer.RejectParentRejected)) {
		said += remark.ExternalID + ": " + remark.Message + "\n"
	}
	for _, want := range []string{"lost: the shop does not show gone of variants\n", "odd: it does not say which of the products or variants it belongs to\n", "wrong: the shop does not show " + product(0)} {
		if run.Status != importer.Partial || !strings.Contains(said, want) {
			t.Errorf("%s, no %q:\n%s", run.Status, want, said)
		}
	}
	if got := b.of("v1"); got != "variant "+variant(1) {
		t.Errorf("what was imported belongs to %q", got)
	}
	for _, id := range []string{"lost", "odd", "wrong"} {
		delete(b.pinned, id)
	}
	b.pinned["v1"] = [2]string{"variant", variant(1)}
	b.shop.products[2].Unfit = "its title is a number"
	b.expect("a product is rejected", importer.Counts{Read: 6, Unchanged: 4, Rejected: 2})
}

// Nothing refers to what somebody took away between the preview and the run.
func TestAnOwnerThatWentMakesAPlanStale(t *testing.T) {
	b := newBoard(t, 2)
	b.expect("first", importer.Counts{Read: 4, Created: 4})
	b.pinned["p0"] = [2]string{"variant", variant(0)}
	_, plan := b.preview(importer.Choices{})
	b.sql("DELETE FROM variants WHERE external_id = ?", variant(0))
	if _, err := b.apply(plan); codeOf(err) != connector.StalePlan {
		t.Errorf("it was applied: %v", err)
	}
	b.expect("it is made again", importer.Counts{Read: 4, Updated: 1, Unchanged: 3})
	b.sql("UPDATE notes SET owner_type = 'variant' WHERE external_id = 'p1'")
	b.expect("mended", importer.Counts{Read: 4, Updated: 1, Unchanged: 3, Drifted: 1})
}

// A list tells whose note it is, and is searched by it.
func TestAnOwnerIsNamed(t *testing.T) {
	b := newBoard(t, 2)
	b.expect("first", importer.Counts{Read: 4, Created: 4})
	b.pinned["new"] = [2]string{"variant", variant(1)}
	preview, plan := b.preview(importer.Choices{})
	b.end(preview)
	b.shows([]face{
		{"catalog notes", []string{"note p0  Tea 0            p0", "note v1  Tea 1 / Default  v1"}},
		{"catalog notes --search default", []string{"2 notes"}},
		{"catalog notes --search Tea", []string{"4 notes"}},
		{"catalog notes -o jsonl", []string{`{"external_id":"p0","owner_type":"product","owner_external_id":"` + product(0) + `","wording":"note p0"}`}},
		{"runs changes " + plan.ID, []string{"note new  new"}},
	})
}
