package sandbox

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"
)

// bulkOperation is one operation. It reads at once, large shops in the background; the clock decides when it is
// told.
type bulkOperation struct {
	id         int64
	query      string
	createdAt  time.Time
	ends       time.Time
	canceled   time.Time
	settings   BulkSettings
	signature  string
	serverURL  string
	fileExpiry time.Time

	found, roots atomic.Int64 // so far
	made         atomic.Bool  // what follows is there
	failure      string       // error code
	file         *bulkFile
}

func (o *bulkOperation) number() int64 { return o.id }
func (o *bulkOperation) gid() string   { return formatGID("BulkOperation", o.id) }

// inBackground is the size of a shop from which operations take longer than an answer should.
const inBackground = 20_000

// work reads what the operation asks for: at once in a small shop, and otherwise while the shop goes on.
func (o *bulkOperation) work(x *execution, plan *queryPlan) {
	reading := &execution{shop: x.shop, plan: plan, scopes: x.scopes, refused: x.refused, app: x.app}
	if len(x.shop.products)+len(x.shop.variants) < inBackground {
		o.read(reading, func() {})
		return
	}
	go func() {
		x.shop.mu.RLock()
		defer x.shop.mu.RUnlock()
		o.read(reading, func() {
			x.shop.mu.RUnlock()
			x.shop.mu.RLock()
		})
	}()
}

// read reads everything, and lets others have the shop after each record of the outermost list.
func (o *bulkOperation) read(x *execution, pause func()) {
	defer o.made.Store(true)
	if o.settings.Stuck {
		return
	}
	w := &bulkReader{execution: x, operation: o, pause: pause}
	file, err := w.file(o.settings.Order, rand.New(rand.NewPCG(uint64(o.id), 1)))
	switch {
	case err != nil:
		o.failure = "INTERNAL_SERVER_ERROR"
	case len(x.failures) > 0 && x.failures[0].Extensions["code"] == "ACCESS_DENIED":
		o.failure = "ACCESS_DENIED"
	case len(x.failures) > 0:
		o.failure = "INTERNAL_SERVER_ERROR"
	}
	o.file = file
}

// failureCode is the error of a failed operation, "" for none.
func (o *bulkOperation) failureCode() string {
	if o.failure == "" && o.settings.Ends != "CANCELED" && o.settings.Ends != "EXPIRED" {
		return o.settings.Ends
	}
	return o.failure
}

func (o *bulkOperation) statusAt(now time.Time) string {
	working := now.Before(o.ends) || !o.made.Load() || o.settings.Stuck
	switch {
	case !o.canceled.IsZero() && now.Before(o.canceled.Add(bulkCancelDelay)):
		return "CANCELING"
	case !o.canceled.IsZero():
		return "CANCELED"
	case working && now.Equal(o.createdAt):
		return "CREATED"
	case working:
		return "RUNNING"
	case o.failureCode() != "":
		return "FAILED"
	case o.settings.Ends != "":
		return o.settings.Ends
	}
	return "COMPLETED"
}

func (o *bulkOperation) runningAt(now time.Time) bool {
	status := o.statusAt(now)
	return status == "CREATED" || status == "RUNNING" || status == "CANCELING"
}

// seen is how much of a count an unfinished operation reports.
func (o *bulkOperation) seen(count *atomic.Int64, now time.Time) int {
	if !now.Before(o.ends) || !o.made.Load() {
		return int(count.Load())
	}
	return int(float64(count.Load()) * float64(now.Sub(o.createdAt)) / float64(o.ends.Sub(o.createdAt)))
}

// shown reports whether an operation of that status gives out its file.
func (o *bulkOperation) shown(status string) bool {
	return status == "COMPLETED" || status == "FAILED" && o.settings.Partial
}

func (o *bulkOperation) size() int64 {
	if o.file == nil {
		return 0
	}
	return o.file.size
}

func (o *bulkOperation) url() string {
	if o.settings.Address != "" {
		return o.settings.Address
	}
	return fmt.Sprintf("%s%s%d.jsonl?GoogleAccessId=sandbox%%40example.com&Expires=%d&Signature=%s",
		o.serverURL, bulkFilePath, o.id, o.fileExpiry.Unix(), o.signature)
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
		return o.failureCode(), nil
	case "objectCount":
		return strconv.Itoa(o.seen(&o.found, now)), nil
	case "rootObjectCount":
		return strconv.Itoa(o.seen(&o.roots, now)), nil
	case "partialDataUrl":
		if status == "FAILED" && o.settings.Partial {
			return o.url(), nil
		}
		return nil, nil
	}
	return o.outcome(name, status)
}

// outcome answers the fields that are null until the operation is done.
func (o *bulkOperation) outcome(name, status string) (any, error) {
	done := o.shown(status)
	switch name {
	case "completedAt":
		if status == "CANCELED" {
			return momentOf(o.canceled.Add(bulkCancelDelay)), nil
		}
		if status != "COMPLETED" && status != "FAILED" {
			return nil, nil
		}
		return momentOf(o.ends), nil
	case "fileSize":
		if !done || o.size() == 0 {
			return nil, nil
		}
		return strconv.FormatInt(o.size(), 10), nil
	case "url":
		if !done || o.size() == 0 {
			return nil, nil
		}
		return o.url(), nil
	}
	return nil, unanswerable("BulkOperation", name)
}
