package bulk

import (
	"strings"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
	"github.com/eshopos/eshopctl/shopify/sandbox/order"
	"github.com/eshopos/eshopctl/shopify/sandbox/web"
)

const (
	slots        = 5 // operations of one app in one shop at the same time
	fileLifetime = 7 * 24 * time.Hour
)

// Desk takes the app's bulk operations in one shop. It is guarded by the shop's mutex.
type Desk struct {
	shop       *catalogue.Shop
	settings   Settings
	fileURL    string
	operations []*Operation // in the order of their ids
}

// NewDesk opens the desk of a shop.
func NewDesk(shop *catalogue.Shop) *Desk { return &Desk{shop: shop} }

// OpenAt says below which address the files of operations lie, which ends with a slash.
func (d *Desk) OpenAt(fileURL string) { d.fileURL = fileURL }

// ChangeSettings changes the settings, under the shop's mutex.
func (d *Desk) ChangeSettings(change func(*Settings)) {
	d.shop.Lock()
	defer d.shop.Unlock()
	change(&d.settings)
}

// Operations lists the operations, in the order of their ids.
func (d *Desk) Operations() []*Operation { return d.operations }

// Operation finds an operation by the number of its id.
func (d *Desk) Operation(number int64) (*Operation, bool) {
	return order.WithID(d.operations, number)
}

// FinishedOperation is the operation whose file has that address, or nil. It takes the shop's mutex.
func (d *Desk) FinishedOperation(number int64, signature string) *Operation {
	d.shop.RLock()
	defer d.shop.RUnlock()
	now := d.shop.Clock()
	o, found := d.Operation(number)
	if !found || o.signature != signature || !now.Before(o.fileExpiry) || !o.showsFile(o.StatusAt(now)) {
		return nil
	}
	return o
}

// RunQuery starts an operation, or says why it does not.
func (d *Desk) RunQuery(x *graph.Execution, args graph.Arguments) (any, error) {
	if answer, err := d.settings.refusalAnswer(); answer != nil || err != nil {
		return answer, err
	}
	now := d.shop.Clock()
	running := d.runningIDs(now)
	if len(running) >= slots {
		return refusedAnswer("OPERATION_IN_PROGRESS", nil, "A bulk query operation for this app and shop is already in progress: "+strings.Join(running, ", ")+"."), nil
	}
	if _, failures := graph.ParseDocument(x.Plan.Schema, args.Text("query")); d.settings.Outright && len(failures) > 0 {
		return nil, failures[0].AsFault()
	}
	plan, problem := planDocument(x.Plan.Schema, args.Text("query"))
	if problem != "" {
		return refusedAnswer("INVALID", []string{"query"}, problem), nil
	}
	settings := d.settings.forQuery(args.Text("query"))
	if args.Flag("groupObjects") {
		settings.Order = Grouped
	}
	o := &Operation{
		shop: d.shop, ID: d.shop.NextID("BulkOperation"), query: args.Text("query"), settings: settings,
		CreatedAt: now, Ends: now.Add(settings.Delay), fileURL: d.fileURL, signature: web.RandomHex(), fileExpiry: now.Add(settings.Delay + fileLifetime),
	}
	o.startReading(x, plan)
	d.operations = append(d.operations, o)
	return graph.NewPayload("BulkOperationRunQueryPayload", map[string]any{"bulkOperation": o, "userErrors": []graph.Object{}}), nil
}

// runningIDs lists the operations that hold a slot.
func (d *Desk) runningIDs(now time.Time) []string {
	var ids []string
	for i := range d.settings.Others {
		ids = append(ids, gid.FormatID("BulkOperation", int64(1000+i)))
	}
	for _, o := range d.operations {
		if o.runningAt(now) {
			ids = append(ids, o.GlobalID())
		}
	}
	return ids
}

// CancelOperation stops an operation that runs. The errors of this payload have no code.
func (d *Desk) CancelOperation(id string) (any, error) {
	number, err := graph.WantID(id, "BulkOperation")
	if err != nil {
		return nil, err
	}
	o, ok := d.Operation(number)
	if !ok {
		return cancelAnswer(nil, "Bulk operation does not exist"), nil
	}
	now := d.shop.Clock()
	if !o.runningAt(now) {
		return cancelAnswer(o, "A bulk operation cannot be canceled when it is "+strings.ToLower(o.StatusAt(now))), nil
	}
	if o.canceled.IsZero() {
		o.canceled = now
	}
	return cancelAnswer(o, ""), nil
}
