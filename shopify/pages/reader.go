package pages

import (
	"sync"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// Reader reads the lists of a shop by pages, several at a time.
type Reader struct {
	Counts *Counts

	client *client.Client
	intake importer.Intake
	parts  partReader
	items  *records.SharedItems

	mu    sync.Mutex
	spans int // that are read beside the first of each list
}

// New returns a reader that gives what it reads by give, and tells items whose inventory
// item each variant has.
func New(c *client.Client, intake importer.Intake, give records.Giver, items *records.SharedItems) *Reader {
	counts := &Counts{client: c, before: map[queries.Document]*records.Count{}}
	return &Reader{Counts: counts, client: c, intake: intake, parts: partReader{c, give}, items: items}
}

// StopComparing has nobody compare what is read.
func (r *Reader) StopComparing() { r.parts.give = r.parts.give.WithoutSum() }

// ForgetTables forgets what was given of tables, because it is read once more.
func ForgetTables(intake importer.Intake, tables ...*importer.Table) error {
	for _, table := range tables {
		if err := intake.Restart(table); err != nil {
			return err
		}
	}
	return nil
}

// restartTables forgets what a list brought, because it is read once more.
func (r *Reader) restartTables(tables []*importer.Table, because error) error {
	if err := ForgetTables(r.intake, tables...); err != nil {
		return err
	}
	r.intake.Remark(importer.Remark{
		Code: importer.WarnChangedWhileReading, Severity: importer.Warning, Resource: tables[0].Name,
		Message: because.Error(),
		Next:    connector.Advice("nothing to do; they were read once more, and a run at a quieter time sees one state of the shop"),
	})
	return nil
}

// spansAtOnce is how many spans are read beyond one for each list.
const spansAtOnce = 12

// takeSpan takes leave for one more span, whose pages have that price, unless there
// are enough.
func (r *Reader) takeSpan(price float64) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.spans == spansAtOnce || !r.client.HasSpare(price) {
		return false
	}
	r.spans++
	return true
}

// returnSpan is called when a span that was taken leave for is read.
func (r *Reader) returnSpan() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.spans--
}
