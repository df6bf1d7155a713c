package state

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
	"github.com/eshopos/eshopctl/state/tables"
)

// The benchmarks import a shop of 2,000 products with all that belongs to them
// and report how many times as long that takes as the floor: writing the same
// rows, ready-made, with prepared statements in one transaction of the same
// database.
const benchProducts = 2000

func BenchmarkFirstImport(b *testing.B) {
	shop := statetest.Stocked(1, benchProducts)
	floor := writeFloor(b, shop)
	b.ReportAllocs()
	b.ResetTimer()
	rows := 0
	for range b.N {
		b.StopTimer()
		fresh := newBench(b, shop)
		b.StartTimer()
		run := fresh.Run()
		rows = run.Counts.RowWrites()
	}
	report(b, floor, rows)
}

func BenchmarkRerun(b *testing.B) {
	shop := statetest.Stocked(1, benchProducts)
	floor := writeFloor(b, shop)
	full := newBench(b, shop)
	first := full.Run()
	rows := first.Counts.RowWrites()
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		full.Run()
	}
	report(b, floor, rows)
}

func report(b *testing.B, floor time.Duration, rows int) {
	each := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(each)/float64(floor), "x-floor")
	b.ReportMetric(float64(rows)/each.Seconds(), "rows/s")
}

// writeFloor measures the floor, the best of three.
func writeFloor(b *testing.B, shop *statetest.Shelf) time.Duration {
	b.Helper()
	full := newBench(b, shop)
	full.Run()
	best := time.Duration(0)
	for range 3 {
		empty := newBench(b, shop)
		records := map[*importer.Table][]importer.Record{}
		for _, table := range importer.Tables() {
			for _, row := range full.Rows(table) {
				records[table] = append(records[table], row.Record)
			}
		}
		began := time.Now()
		err := empty.db.place.Update(b.Context(), func(tx *sql.Tx, _ time.Time) error {
			for table, all := range records {
				l := tables.InSQL(table)
				insert, err := tx.Prepare("INSERT INTO " + l.Name + " (store, account, " + strings.Join(l.ColumnNames(), ", ") + ") VALUES ('main', 1, " + strings.TrimSuffix(strings.Repeat("?, ", len(l.Columns)), ", ") + ")")
				if err != nil {
					return err
				}
				for _, record := range all {
					if _, err := insert.Exec(bound(l, record)...); err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
		if took := time.Since(began); best == 0 || took < best {
			best = took
		}
	}
	return best
}

func bound(l tables.Table, r importer.Record) (arguments []any) {
	for i, value := range r {
		arguments = append(arguments, tables.Argument(l.Columns[i], value))
	}
	return arguments
}
