package bulk

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/eshopos/eshopctl/shopify/sandbox/catalogue"
	"github.com/eshopos/eshopctl/shopify/sandbox/gid"
	"github.com/eshopos/eshopctl/shopify/sandbox/graph"
)

// Operation is one operation. It reads at once, large shops in the background; the clock decides when it is
// told.
type Operation struct {
	desk       *Desk
	ID         int64
	query      string
	CreatedAt  time.Time
	Ends       time.Time
	canceled   time.Time
	settings   Settings
	signature  string
	fileExpiry time.Time

	found, roots atomic.Int64 // so far
	made         atomic.Bool  // what follows is there
	failure      string       // error code
	file         *resultFile
}

func (o *Operation) Number() int64 { return o.ID }

func (o *Operation) GID() string { return gid.Format("BulkOperation", o.ID) }

// inBackground is the size of a shop from which operations take longer than an answer should.
const inBackground = 20_000

// work reads what the operation asks for: at once in a small shop, and otherwise while the shop goes on.
func (o *Operation) work(x *graph.Execution, plan *graph.Plan) {
	reading, shop := x.Anew(plan), o.desk.shop
	if len(shop.Products)+len(shop.Variants) < inBackground {
		o.read(reading, func() {})
		return
	}
	go func() {
		shop.RLock()
		defer shop.RUnlock()
		o.read(reading, func() {
			shop.RUnlock()
			shop.RLock()
		})
	}()
}

// read reads everything, and lets others have the shop after each record of the outermost list.
func (o *Operation) read(x *graph.Execution, pause func()) {
	defer o.made.Store(true)
	if o.settings.Stuck {
		return
	}
	w := &reader{execution: x, operation: o, pause: pause}
	file, err := w.file(o.settings.Order, rand.New(rand.NewPCG(uint64(o.ID), 1)))
	switch {
	case err != nil:
		o.failure = "INTERNAL_SERVER_ERROR"
	case len(x.Failures) > 0 && x.Failures[0].Denies():
		o.failure = "ACCESS_DENIED"
	case len(x.Failures) > 0:
		o.failure = "INTERNAL_SERVER_ERROR"
	}
	o.file = file
}

// failureCode is the error of a failed operation, "" for none.
func (o *Operation) failureCode() string {
	if o.failure == "" && o.settings.Ends != "CANCELED" && o.settings.Ends != "EXPIRED" {
		return o.settings.Ends
	}
	return o.failure
}

// StatusAt is how far the operation has got.
func (o *Operation) StatusAt(now time.Time) string {
	working := now.Before(o.Ends) || !o.made.Load() || o.settings.Stuck
	switch {
	case !o.canceled.IsZero() && now.Before(o.canceled.Add(cancelDelay)):
		return "CANCELING"
	case !o.canceled.IsZero():
		return "CANCELED"
	case working && now.Equal(o.CreatedAt):
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

func (o *Operation) runningAt(now time.Time) bool {
	status := o.StatusAt(now)
	return status == "CREATED" || status == "RUNNING" || status == "CANCELING"
}

// seen is how much of a count an unfinished operation reports.
func (o *Operation) seen(count *atomic.Int64, now time.Time) int {
	if !now.Before(o.Ends) || !o.made.Load() {
		return int(count.Load())
	}
	return int(float64(count.Load()) * float64(now.Sub(o.CreatedAt)) / float64(o.Ends.Sub(o.CreatedAt)))
}

// shown reports whether an operation of that status gives out its file.
func (o *Operation) shown(status string) bool {
	return status == "COMPLETED" || status == "FAILED" && o.settings.Partial
}

func (o *Operation) size() int64 {
	if o.file == nil {
		return 0
	}
	return o.file.size
}

func (o *Operation) url() string {
	if o.settings.Address != "" {
		return o.settings.Address
	}
	return fmt.Sprintf("%s%d.jsonl?GoogleAccessId=sandbox%%40example.com&Expires=%d&Signature=%s",
		o.desk.fileURL, o.ID, o.fileExpiry.Unix(), o.signature)
}

func (o *Operation) Kind() string { return "BulkOperation" }

func (o *Operation) Field(name string) (any, error) {
	now := o.desk.shop.Clock()
	status := o.StatusAt(now)
	switch name {
	case "id":
		return o.GID(), nil
	case "type":
		return "QUERY", nil
	case "query":
		return o.query, nil
	case "status":
		return status, nil
	case "createdAt":
		return catalogue.MomentOf(o.CreatedAt), nil
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
func (o *Operation) outcome(name, status string) (any, error) {
	done := o.shown(status)
	switch name {
	case "completedAt":
		if status == "CANCELED" {
			return catalogue.MomentOf(o.canceled.Add(cancelDelay)), nil
		}
		if status != "COMPLETED" && status != "FAILED" {
			return nil, nil
		}
		return catalogue.MomentOf(o.Ends), nil
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
	return nil, graph.Unanswerable("BulkOperation", name)
}
