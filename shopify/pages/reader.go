package pages

import (
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reader reads the lists of a shop by pages. Several lists may be read at a time.
type Reader struct {
	Counts *Counts

	client *client.Client
	intake importer.Intake
	parts  partReader
	items  *records.SharedItems

	mu    sync.Mutex
	spans int // that are being read beside the first of each list
}

// New returns a reader that gives what it reads to give, and to items the inventory item of
// each variant.
func New(c *client.Client, intake importer.Intake, give records.Giver, items *records.SharedItems) *Reader {
	counts := &Counts{client: c, before: map[queries.Document]*records.Count{}}
	return &Reader{Counts: counts, client: c, intake: intake, parts: partReader{c, give}, items: items}
}

// StopComparing leaves what is read from now on out of the sum that is compared with the
// snapshot before.
func (r *Reader) StopComparing() { r.parts.give = r.parts.give.WithoutSum() }

// ForgetTables tells the intake to forget what it was given of tables, because they are
// read once more.
func ForgetTables(intake importer.Intake, tables ...*importer.Table) error {
	for _, table := range tables {
		if err := intake.RestartTable(table); err != nil {
			return err
		}
	}
	return nil
}

// restartTables is ForgetTables for a list that changed while it was read, with a remark
// that says why.
func (r *Reader) restartTables(tables []*importer.Table, because error) error {
	if err := ForgetTables(r.intake, tables...); err != nil {
		return err
	}
	r.intake.AddRemark(importer.Remark{
		Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: tables[0].Name,
		Message: because.Error(),
		Next:    connector.Advice("nothing to do; they were read once more, and a run at a quieter time sees one state of the shop"),
	})
	return nil
}

// spansAtOnce is how many spans are read at a time, besides one for each list.
const spansAtOnce = 12

// takeSpan reports whether one more span may be read, whose pages cost price points. If so,
// returnSpan must follow.
func (r *Reader) takeSpan(price float64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.spans == spansAtOnce || !r.client.HasSpare(price) {
		return false
	}
	r.spans++
	return true
}

// returnSpan ends what takeSpan began.
func (r *Reader) returnSpan() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spans--
}
