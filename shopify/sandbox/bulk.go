package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"
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
	Refused  bool          // the app is not allowed to run them
	Duration time.Duration // of every operation; zero ends it before the first poll
	Shuffle  bool          // lines of one depth come in no order; a child still comes after its parent
}

// Bulk changes how the shop deals with bulk operations from now on.
func (s *Shop) Bulk(settings BulkSettings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.bulk.settings = settings
}

// bulkOperation is one operation. What it found is known at once; the clock decides when it is told.
type bulkOperation struct {
	id         int64
	query      string
	createdAt  time.Time
	ends       time.Time
	canceled   time.Time
	failure    string // error code
	lines      []byte
	count      int
	rootCount  int
	signature  string
	serverURL  string
	fileExpiry time.Time
}

func (o *bulkOperation) number() int64 { return o.id }
func (o *bulkOperation) gid() string   { return formatGID("BulkOperation", o.id) }

func (o *bulkOperation) statusAt(now time.Time) string {
	switch {
	case !o.canceled.IsZero() && now.Before(o.canceled.Add(bulkCancelDelay)):
		return "CANCELING"
	case !o.canceled.IsZero():
		return "CANCELED"
	case now.Before(o.ends) && now.Equal(o.createdAt):
		return "CREATED"
	case now.Before(o.ends):
		return "RUNNING"
	case o.failure != "":
		return "FAILED"
	}
	return "COMPLETED"
}

func (o *bulkOperation) runningAt(now time.Time) bool {
	status := o.statusAt(now)
	return status == "CREATED" || status == "RUNNING" || status == "CANCELING"
}

// seen is how much of a total an unfinished operation reports.
func (o *bulkOperation) seen(total int, now time.Time) int {
	if !now.Before(o.ends) {
		return total
	}
	return int(float64(total) * float64(now.Sub(o.createdAt)) / float64(o.ends.Sub(o.createdAt)))
}

func (o *bulkOperation) url() string {
	return fmt.Sprintf("%s%s%d.jsonl?GoogleAccessId=sandbox%%40example.com&Expires=%d&Signature=%s",
		o.serverURL, bulkFilePath, o.id, o.fileExpiry.Unix(), o.signature)
}

// run starts an operation, or says why it does not.
func (d *bulkDesk) run(x *execution, args arguments) (any, error) {
	if d.settings.Refused {
		// The exact words of a real refusal were not seen.
		return nil, newFault("ACCESS_DENIED", "Access denied for bulkOperationRunQuery field. Bulk operations are not enabled for this app.").
			with("documentation", scopesDocumentation)
	}
	now := x.shop.clock()
	var running []string
	for _, o := range d.operations {
		if o.runningAt(now) {
			running = append(running, o.gid())
		}
	}
	if len(running) >= bulkSlots {
		return bulkRefusal("OPERATION_IN_PROGRESS", nil, "A bulk query operation for this app and shop is already in progress: "+strings.Join(running, ", ")+"."), nil
	}
	plan, problem := planBulk(x.plan.schema, args.text("query"))
	if problem != "" {
		return bulkRefusal("INVALID", []string{"query"}, problem), nil
	}
	o := &bulkOperation{
		id: x.shop.nextID("BulkOperation"), query: args.text("query"), createdAt: now, ends: now.Add(d.settings.Duration),
		signature: randomHex(), serverURL: d.serverURL, fileExpiry: now.Add(d.settings.Duration + bulkFileLifetime),
	}
	o.read(x, plan, args.flag("groupObjects"), d.settings.Shuffle)
	d.operations = append(d.operations, o)
	return payload{"BulkOperationRunQueryPayload", map[string]any{"bulkOperation": o, "userErrors": []object{}}}, nil
}

// read runs the plan. All is read at once; Shopify reads while the operation runs.
func (o *bulkOperation) read(x *execution, plan *queryPlan, grouped, shuffled bool) {
	w := &bulkReader{execution: &execution{shop: x.shop, plan: plan, scopes: x.scopes, app: x.app}}
	w.read()
	if len(w.execution.failures) > 0 {
		o.failure = "INTERNAL_SERVER_ERROR"
		if w.execution.failures[0].Extensions["code"] == "ACCESS_DENIED" {
			o.failure = "ACCESS_DENIED"
		}
		return
	}
	o.count, o.rootCount = len(w.lines), w.roots
	o.lines = w.file(grouped, shuffled, rand.New(rand.NewPCG(uint64(o.id), 1)))
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
	problem := payload{"BulkOperationUserError", map[string]any{"code": code, "field": nil, "message": message}}
	if field != nil {
		problem.values["field"] = field
	}
	return payload{"BulkOperationRunQueryPayload", map[string]any{"bulkOperation": nil, "userErrors": []object{problem}}}
}

func (o *bulkOperation) kind() string { return "BulkOperation" }

func (o *bulkOperation) field(x *execution, name string, _ arguments) (any, error) {
	now := x.shop.clock()
	status := o.statusAt(now)
	switch name {
	case "id":
		return o.gid(), nil
	case "type":
		return "QUERY", nil
	case "query":
		return o.query, nil
	case "status":
		return status, nil
	case "createdAt":
		return momentOf(o.createdAt), nil
	case "errorCode":
		if status != "FAILED" {
			return nil, nil
		}
		return o.failure, nil
	case "objectCount":
		return strconv.Itoa(o.seen(o.count, now)), nil
	case "rootObjectCount":
		return strconv.Itoa(o.seen(o.rootCount, now)), nil
	case "partialDataUrl":
		return nil, nil
	}
	return o.outcome(name, status)
}

// outcome answers the fields that are null until the operation is done.
func (o *bulkOperation) outcome(name, status string) (any, error) {
	done := status == "COMPLETED"
	switch name {
	case "completedAt":
		if status == "CANCELED" {
			return momentOf(o.canceled.Add(bulkCancelDelay)), nil
		}
		if !done && status != "FAILED" {
			return nil, nil
		}
		return momentOf(o.ends), nil
	case "fileSize":
		if !done || len(o.lines) == 0 {
			return nil, nil
		}
		return strconv.Itoa(len(o.lines)), nil
	case "url":
		if !done || len(o.lines) == 0 {
			return nil, nil
		}
		return o.url(), nil
	}
	return nil, unanswerable("BulkOperation", name)
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
