package state

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// batchRows is how many rows sqlite takes at a time, batchText how many bytes of their
// texts.
const (
	batchRows = 256
	batchText = 64 << 10
)

// What is fed comes out as it was: nothing, empty and giant texts, texts that are the
// same as before, and so many that the memory of batches is used again.
func TestFedRecordsComeOutAsTheyWere(t *testing.T) {
	b := newBench(t, statetest.Stocked(25, 1))
	ctx := t.Context()
	columns := importer.Products.Columns
	rapid.Check(t, func(rt *rapid.T) {
		texts := []importer.Value{
			importer.None, importer.String(""), importer.String("x"), importer.String("\x1b[2J ü \u2028"),
			importer.String(strings.Repeat("a", batchText-1)), importer.String(strings.Repeat("b", batchText)), importer.String(strings.Repeat("c", 3*batchText)),
		}
		many, of := 40, rapid.SampledFrom(texts)
		if rapid.Bool().Draw(rt, "no giants") {
			many, of = 3000, rapid.SampledFrom(texts[:4])
		}
		fed := map[string]importer.Record{}
		for i := range rapid.IntRange(1, many).Draw(rt, "records") {
			record := make(importer.Record, len(columns))
			for c := range record {
				record[c] = texts[i/(c+1)%4]
			}
			record[0], record[1] = importer.String(nthProduct(i)), of.Draw(rt, "title")
			fed[nthProduct(i)] = record
		}
		undone := errors.New("undone")
		err := b.catalog().InTransaction(ctx, func(to importer.CatalogWriter) error {
			if err := to.InsertAll(ctx, importer.Products, ordered(fed), "some run"); err != nil {
				return err
			}
			found := 0
			for row, err := range to.Rows(ctx, importer.Products) {
				if err != nil {
					return err
				}
				found++
				for c, value := range fed[row.Key] {
					if row.Record[c] != value {
						rt.Fatalf("%s of %s is %.40q, it was %.40q", columns[c].Name, row.Key, row.Record[c].Text(), value.Text())
					}
				}
			}
			if found != len(fed) {
				rt.Fatalf("%d rows of %d", found, len(fed))
			}
			return undone
		})
		if !errors.Is(err, undone) {
			rt.Fatal(err)
		}
	})
}

func nthProduct(i int) string { return fmt.Sprintf("gid://shopify/Product/%06d", i) }

func ordered(records map[string]importer.Record) iter.Seq2[importer.Record, error] {
	return func(yield func(importer.Record, error) bool) {
		for i := range len(records) {
			if !yield(records[nthProduct(i)], nil) {
				return
			}
		}
	}
}

// An error of whoever gives the records is the one that is told.
func TestAFeedThatFails(t *testing.T) {
	b := newBench(t, statetest.Stocked(25, 1))
	broken := errors.New("broken")
	for _, n := range []int{0, 1, batchRows, 3*batchRows + 1, 20 * batchRows} {
		records := func(yield func(importer.Record, error) bool) {
			for record := range levels(n) {
				if !yield(record, nil) {
					return
				}
			}
			yield(nil, broken)
		}
		for name, take := range map[string]func(importer.CatalogWriter) error{
			"insert": func(to importer.CatalogWriter) error {
				return to.InsertAll(t.Context(), importer.Stock, records, "run")
			},
			"few": func(to importer.CatalogWriter) error {
				_, _, err := to.HoldsRecords(t.Context(), importer.Stock, records, false)
				return err
			},
			"most": func(to importer.CatalogWriter) error {
				_, _, err := to.HoldsRecords(t.Context(), importer.Stock, records, true)
				return err
			},
		} {
			if name == "most" && n >= batchRows {
				continue // there are no rows that would ask for so many
			}
			if err := b.catalog().InTransaction(t.Context(), take); !errors.Is(err, broken) {
				t.Errorf("%s after %d: %v", name, n, err)
			}
		}
	}
}
