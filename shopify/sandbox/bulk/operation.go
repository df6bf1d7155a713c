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

// Operation is one bulk operation. It reads a small shop at once and a large one in the background; clients see its
// progress by the clock.
type Operation struct {
	shop       *catalogue.Shop
	ID         int64
	query      string
	CreatedAt  time.Time
	Ends       time.Time
	canceled   time.Time
	settings   Settings
	fileURL    string // below which the file lies
	signature  string
	fileExpiry time.Time
	result     result
}

func (o *Operation) IDNumber() int64  { return o.ID }
func (o *Operation) GlobalID() string { return gid.FormatID("BulkOperation", o.ID) }

// cancelDelay is how long an operation is CANCELING.
const cancelDelay = time.Second

// inBackground is the size of a shop from which operations take longer than an answer should.
const inBackground = 20_000

// startReading reads what the operation asks for: at once in a small shop, in the background in a large one.
func (o *Operation) startReading(x *graph.Execution, plan *graph.Plan) {
	reading, shop := x.ForPlan(plan), o.shop
	if len(shop.Products)+len(shop.Variants) < inBackground {
		o.readAll(reading, func() {})
		return
	}
	go func() {
		shop.RLock()
		defer shop.RUnlock()
		o.readAll(reading, func() {
			shop.RUnlock()
			shop.RLock()
		})
	}()
}

// readAll reads everything. After each record of the outermost list it calls pause, so that others get at the shop.
func (o *Operation) readAll(x *graph.Execution, pause func()) {
	defer o.result.made.Store(true)
	if o.settings.Stuck {
		return
	}
	w := &reader{execution: x, result: &o.result, loses: o.settings.Loses, pause: pause}
	file, err := w.readFile(o.settings.Order, rand.New(rand.NewPCG(uint64(o.ID), 1)))
	switch {
	case err != nil:
		o.result.failure = "INTERNAL_SERVER_ERROR"
	case len(x.Failures) > 0 && x.Failures[0].DeniesAccess():
		o.result.failure = "ACCESS_DENIED"
	case len(x.Failures) > 0:
		o.result.failure = "INTERNAL_SERVER_ERROR"
	}
	o.result.file = file
}

// failureCode is the error of a failed operation, "" for none.
func (o *Operation) failureCode() string {
	if o.result.failure == "" && o.settings.Ends != "CANCELED" && o.settings.Ends != "EXPIRED" {
		return o.settings.Ends
	}
	return o.result.failure
}

// StatusAt returns the BulkOperationStatus of the schema at a time.
func (o *Operation) StatusAt(now time.Time) string {
	working := now.Before(o.Ends) || !o.result.made.Load() || o.settings.Stuck
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

// countAt returns a count as clients see it: in proportion to the time until the operation is done.
func (o *Operation) countAt(count *atomic.Int64, now time.Time) int {
	if !now.Before(o.Ends) || !o.result.made.Load() {
		return int(count.Load())
	}
	return int(float64(count.Load()) * float64(now.Sub(o.CreatedAt)) / float64(o.Ends.Sub(o.CreatedAt)))
}

// showsFile reports whether an operation of that status gives out its file.
func (o *Operation) showsFile(status string) bool {
	return status == "COMPLETED" || status == "FAILED" && o.settings.Partial
}

func (o *Operation) fileAddress() string {
	if o.settings.Address != "" {
		return o.settings.Address
	}
	return fmt.Sprintf("%s%d.jsonl?GoogleAccessId=sandbox%%40example.com&Expires=%d&Signature=%s",
		o.fileURL, o.ID, o.fileExpiry.Unix(), o.signature)
}

func (o *Operation) TypeName() string { return "BulkOperation" }

func (o *Operation) FieldValue(name string) (any, error) {
	now := o.shop.Clock()
	status := o.StatusAt(now)
	switch name {
	case "id":
		return o.GlobalID(), nil
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
		return strconv.Itoa(o.countAt(&o.result.found, now)), nil
	case "rootObjectCount":
		return strconv.Itoa(o.countAt(&o.result.roots, now)), nil
	case "partialDataUrl":
		if status == "FAILED" && o.settings.Partial {
			return o.fileAddress(), nil
		}
		return nil, nil
	}
	return o.outcomeField(name, status)
}

// outcomeField answers the fields that are null until the operation is done.
func (o *Operation) outcomeField(name, status string) (any, error) {
	done := o.showsFile(status)
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
		if !done || o.result.fileSize() == 0 {
			return nil, nil
		}
		return strconv.FormatInt(o.result.fileSize(), 10), nil
	case "url":
		if !done || o.result.fileSize() == 0 {
			return nil, nil
		}
		return o.fileAddress(), nil
	}
	return nil, graph.NotAnswered("BulkOperation", name)
}
