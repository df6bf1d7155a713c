package sandbox

import (
	"strings"
	"time"
)

const (
	bulkSlots        = 5 // operations of one app in one shop at the same time
	bulkFileLifetime = 7 * 24 * time.Hour
	bulkCancelDelay  = time.Second
)

// bulkDesk takes the app's bulk operations. It is guarded by the shop's mutex.
type bulkDesk struct {
	operations []*bulkOperation
	settings   BulkSettings
	serverURL  string
}

// BulkSettings say how a shop deals with bulk operations.
type BulkSettings struct {
	Refusal BulkRefusal // of every operation
	Others  int         // operations of other programs with this app that are under way
	Only    string      // the settings below are for documents that hold this text; "" for all
	Times   int         // and for that many operations; 0 for all
	Ends    string      // CANCELED or EXPIRED, or the code of a failure: TIMEOUT, INTERNAL_SERVER_ERROR
	Stuck   bool        // operations find nothing and never end
	Loses   int         // records of the outermost list are not found, nor counted
	Partial bool        // operations that fail show what they found, under both addresses
	// Outright refuses what does not fit the schema as a query that is no bulk operation
	// is refused. Shopify was not seen to do that; its answers to a bulk query may change.
	Outright bool
	Address  string        // where results are said to lie; "" for where they do
	Delay    time.Duration // before an operation ends; zero ends it before the first poll

	Order   BulkOrder                // of the lines
	Gzip    bool                     // files are sent compressed to those who accept it
	NoRange bool                     // files are sent from their beginning only
	Spoil   func(file []byte) []byte // what is sent instead of a file; the counts stay as they are
}

// BulkRefusal is a way in which operations are refused. The exact words of most real refusals were not seen.
type BulkRefusal string

// The refusals.
const (
	BulkNotEnabled  BulkRefusal = "not enabled"  // the app was not allowed to run them
	BulkNoAllowlist BulkRefusal = "no allowlist" // a public app without an IP allowlist
	BulkForbidden   BulkRefusal = "forbidden"    // the same as an error of the operation instead of the request
	BulkLimit       BulkRefusal = "limit"        // LIMIT_REACHED
)

// BulkOrder is an order of lines.
type BulkOrder string

// The orders. Only BulkReversed does not keep the order within one list.
const (
	BulkByDepth   BulkOrder = ""          // parents, then their children, as in captured files
	BulkGrouped   BulkOrder = "grouped"   // children follow their parent
	BulkScattered BulkOrder = "scattered" // anywhere
	BulkChildren  BulkOrder = "children"  // children, then parents
	BulkReversed  BulkOrder = "reversed"  // from the last line to the first
)

// Bulk changes how the shop deals with bulk operations from now on.
func (s *Shop) Bulk(settings BulkSettings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bulk.settings = settings
}

// settingsFor gives the settings for an operation and counts it.
func (d *bulkDesk) settingsFor(query string) BulkSettings {
	settings := d.settings
	if !strings.Contains(query, settings.Only) || settings.Times < 0 {
		return BulkSettings{Address: settings.Address, Delay: settings.Delay, Order: settings.Order, Gzip: settings.Gzip, NoRange: settings.NoRange}
	}
	if d.settings.Times > 0 {
		if d.settings.Times--; d.settings.Times == 0 {
			d.settings.Times = -1
		}
	}
	return settings
}

// run starts an operation, or says why it does not.
func (d *bulkDesk) run(x *execution, args arguments) (any, error) {
	if answer, err := d.refusal(); answer != nil || err != nil {
		return answer, err
	}
	now := x.shop.clock()
	running := d.running(now)
	if len(running) >= bulkSlots {
		return bulkRefusal("OPERATION_IN_PROGRESS", nil, "A bulk query operation for this app and shop is already in progress: "+strings.Join(running, ", ")+"."), nil
	}
	if _, failures := parseDocument(x.plan.schema, args.text("query")); d.settings.Outright && len(failures) > 0 {
		return nil, &fault{failures[0].Message, failures[0].Extensions}
	}
	plan, problem := planBulk(x.plan.schema, args.text("query"))
	if problem != "" {
		return bulkRefusal("INVALID", []string{"query"}, problem), nil
	}
	settings := d.settingsFor(args.text("query"))
	if args.flag("groupObjects") {
		settings.Order = BulkGrouped
	}
	o := &bulkOperation{
		id: x.shop.nextID("BulkOperation"), query: args.text("query"), createdAt: now, ends: now.Add(settings.Delay), settings: settings,
		signature: randomHex(), serverURL: d.serverURL, fileExpiry: now.Add(settings.Delay + bulkFileLifetime),
	}
	o.work(x, plan)
	d.operations = append(d.operations, o)
	return payload{"BulkOperationRunQueryPayload", map[string]any{"bulkOperation": o, "userErrors": []object{}}}, nil
}

func (d *bulkDesk) refusal() (any, error) {
	switch d.settings.Refusal {
	case BulkNotEnabled:
		return nil, newFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. Bulk operations are not enabled for this app.").
			with("documentation", scopesDocumentation)
	case BulkNoAllowlist:
		return nil, newFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. The app has no IP allowlist.").
			with("documentation", scopesDocumentation)
	case BulkForbidden:
		return bulkRefusal("", nil, "This app is not approved to run bulk operations."), nil
	case BulkLimit:
		return bulkRefusal("LIMIT_REACHED", nil, "Bulk operation limit reached. Please try again later."), nil
	}
	return nil, nil
}

// running lists the operations that hold a slot.
func (d *bulkDesk) running(now time.Time) []string {
	var ids []string
	for i := range d.settings.Others {
		ids = append(ids, formatGID("BulkOperation", int64(1000+i)))
	}
	for _, o := range d.operations {
		if o.runningAt(now) {
			ids = append(ids, o.gid())
		}
	}
	return ids
}

// cancel stops an operation that runs. The errors of this payload have no code.
func (d *bulkDesk) cancel(x *execution, args arguments) (any, error) {
	number, err := wantGID(args.text("id"), "BulkOperation")
	if err != nil {
		return nil, err
	}
	o, ok := withID(d.operations, number)
	if !ok {
		return cancelAnswer(nil, "Bulk operation does not exist"), nil
	}
	now := x.shop.clock()
	if !o.runningAt(now) {
		return cancelAnswer(o, "A bulk operation cannot be canceled when it is "+strings.ToLower(o.statusAt(now))), nil
	}
	if o.canceled.IsZero() {
		o.canceled = now
	}
	return cancelAnswer(o, ""), nil
}

func cancelAnswer(o *bulkOperation, problem string) payload {
	errors := []object{}
	if problem != "" {
		errors = append(errors, payload{"UserError", map[string]any{"field": []string{"id"}, "message": problem}})
	}
	return payload{"BulkOperationCancelPayload", map[string]any{"bulkOperation": optional(o), "userErrors": errors}}
}

func bulkRefusal(code string, field []string, message string) payload {
	problem := payload{"BulkOperationUserError", map[string]any{"code": nil, "field": nil, "message": message}}
	if code != "" {
		problem.values["code"] = code
	}
	if field != nil {
		problem.values["field"] = field
	}
	return payload{"BulkOperationRunQueryPayload", map[string]any{"bulkOperation": nil, "userErrors": []object{problem}}}
}

func bulkPage(x *execution, args arguments) (any, error) {
	now := x.shop.clock()
	rows := search(x, x.shop.bulk.operations, args, map[string]searchField[*bulkOperation]{
		"id":             byID((*bulkOperation).number),
		"status":         byWord(func(o *bulkOperation) string { return o.statusAt(now) }),
		"operation_type": byWord(func(*bulkOperation) string { return "QUERY" }),
		"created_at":     byTime(func(o *bulkOperation) moment { return momentOf(o.createdAt) }),
	})
	if args.text("sortKey") == "COMPLETED_AT" {
		byEnd := func(o *bulkOperation) sortKey { return sortKey{o.id, momentOf(o.ends).String()} }
		return paginate(sorted(rows, byEnd), byEnd, args)
	}
	return paginate(rows, func(o *bulkOperation) sortKey { return sortKey{ID: o.id} }, args) // ids grow with time
}
