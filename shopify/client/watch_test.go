package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
)

// slowDesk is a shop whose operations take as long as their query says, and whose answers take a
// while.
type slowDesk struct {
	trip   time.Duration
	single bool // answers for one operation only, whatever is asked

	mu     sync.Mutex
	starts map[string]time.Time
	takes  map[string]time.Duration
	asked  int     // how far operations are
	points float64 // that this costs
}

func (d *slowDesk) RoundTrip(r *http.Request) (*http.Response, error) {
	var q struct {
		Query, OperationName string
		Variables            map[string]string
	}
	body, _ := io.ReadAll(r.Body)
	if err := json.Unmarshal(body, &q); err != nil {
		return nil, err
	}
	trip := d.trip
	if q.OperationName == "EshopBulkRun" {
		trip = 0 // who starts after another one waits at a lock, which stops the test's time
	}
	time.Sleep(trip / 2)
	d.mu.Lock()
	answer := d.answer(q.OperationName, q.Query, q.Variables)
	d.mu.Unlock()
	time.Sleep(trip / 2)
	return &http.Response{StatusCode: 200, Header: http.Header{},
		Body: io.NopCloser(strings.NewReader(`{"data":{` + answer + `}}`)), Request: r}, nil
}

func (d *slowDesk) answer(operation, query string, variables map[string]string) string {
	d.asked++
	switch operation {
	case "EshopBulkRun":
		id := variables["query"]
		if d.takes[id] >= 0 {
			d.starts[id] = time.Now()
		}
		return fmt.Sprintf(`"bulkOperationRunQuery":{"bulkOperation":{"id":%q,"status":"CREATED"},"userErrors":[]}`, id)
	case "EshopBulkPoll":
	default:
		return ""
	}
	var told []string
	for _, field := range parse(query) {
		key, variable := field[0], field[1]
		d.points++
		told = append(told, fmt.Sprintf("%q:%s", key, d.told(variables[variable])))
	}
	if d.single && len(told) > 1 {
		return `"bulkOperation":null`
	}
	return strings.Join(told, ",")
}

// parse finds the fields of a question, each with the variable of its id.
func parse(query string) (fields [][2]string) {
	for line := range strings.Lines(query) {
		before, after, found := strings.Cut(strings.TrimSpace(line), "bulkOperation(id: $")
		if !found {
			continue
		}
		key, _, named := strings.Cut(before, ":")
		if !named {
			key = "bulkOperation"
		}
		variable, _, _ := strings.Cut(after, ")")
		fields = append(fields, [2]string{key, variable})
	}
	return fields
}

func (d *slowDesk) told(id string) string {
	status, began := "RUNNING", d.starts[id]
	if began.IsZero() {
		return "null"
	}
	if time.Since(began) >= d.takes[id] {
		status = "COMPLETED"
	}
	return fmt.Sprintf(`{"id":%q,"status":%q,"createdAt":%q,"objectCount":"%d","rootObjectCount":"0","url":"https://storage.googleapis.com/x"}`,
		id, status, began.UTC().Format(time.RFC3339), time.Since(began).Milliseconds())
}

// bring runs an operation and returns how late its end is seen.
func (d *slowDesk) bring(t *testing.T, desk *bulk.Desk, name string, takes time.Duration) (late time.Duration, err error) {
	id := "gid://shopify/BulkOperation/" + name
	d.mu.Lock()
	d.takes[id] = takes
	d.mu.Unlock()
	ctx, cancel := context.WithTimeout(t.Context(), 4*time.Hour)
	defer cancel()
	ended := errors.New("it ended")
	_, err = desk.BringResult(ctx, bulk.List{Query: id, Gathered: func(int) {}, Check: func(_ context.Context, o *bulk.Operation) error {
		d.mu.Lock()
		defer d.mu.Unlock()
		if late = time.Since(d.starts[id]) - takes; o.ID != id || o.Status != "COMPLETED" {
			t.Errorf("%s: %+v", name, o)
		}
		return ended
	}})
	if errors.Is(err, ended) {
		err = nil
	}
	return late, err
}

// mustBring is bring for an operation that ends well.
func (d *slowDesk) mustBring(t *testing.T, desk *bulk.Desk, name string, takes time.Duration) time.Duration {
	late, err := d.bring(t, desk, name, takes)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return late
}

func newSlowDesk(trip time.Duration) (*slowDesk, *bulk.Desk) {
	shop := &slowDesk{trip: trip, starts: map[string]time.Time{}, takes: map[string]time.Duration{}}
	site, _ := site.New("", site.Way{Transport: shop})
	client := New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{})
	return shop, deskOf(client)
}

func deskOf(client *Client) *bulk.Desk {
	return bulk.NewDesk(NewOperations(client), bulk.NoLedger{}, "", answers.NewSorter, 10*time.Minute)
}

// The end of an operation is seen within half a second and a twentieth of the time that it took,
// with few requests.
func TestTheEndOfAnOperationIsSeenSoon(t *testing.T) {
	for _, takes := range []time.Duration{
		0, 90 * time.Millisecond, 700 * time.Millisecond, 1999 * time.Millisecond,
		5400 * time.Millisecond, 16 * time.Second, time.Minute, 9*time.Minute + time.Second, 3 * time.Hour,
	} {
		synctest.Test(t, func(t *testing.T) {
			shop, desk := newSlowDesk(120 * time.Millisecond)
			late := shop.mustBring(t, desk, "1", takes)
			if late > 500*time.Millisecond+takes/20 {
				t.Errorf("the end of an operation of %v is seen %v late", takes, late)
			}
			if most := 20 + int(takes.Seconds()/15) + 110; shop.asked > most {
				t.Errorf("an operation of %v costs %d questions", takes, shop.asked)
			}
		})
	}
}

// Operations that run side by side are asked for together, even if one begins long after the
// others, or ends before them.
func TestOneQuestionIsForAllOperations(t *testing.T) {
	for _, single := range []bool{false, true} { // a shop that answers for one only is asked for each
		synctest.Test(t, func(t *testing.T) {
			shop, desk := newSlowDesk(100 * time.Millisecond)
			shop.single = single
			var all sync.WaitGroup
			for i, takes := range []time.Duration{3 * time.Second, 10 * time.Second, 10 * time.Second, 2 * time.Minute, 2 * time.Minute} {
				all.Go(func() {
					if late := shop.mustBring(t, desk, fmt.Sprint(i), takes); !single && late > 500*time.Millisecond+takes/20 {
						t.Errorf("%v: %v late", takes, late)
					}
				})
			}
			time.Sleep(time.Minute)
			all.Go(func() {
				if late := shop.mustBring(t, desk, "late", time.Second); !single && late > 550*time.Millisecond {
					t.Errorf("one that begins later: %v late", late)
				}
			})
			all.Wait()
			if !single && (shop.asked > 130 || shop.points > 350) {
				t.Errorf("it took %d questions of %v points", shop.asked, shop.points)
			}
		})
	}
}

// An operation that the shop does not know is lost, and others are not.
func TestOneLostOperationConcernsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, desk := newSlowDesk(0)
		var both sync.WaitGroup
		both.Go(func() { shop.mustBring(t, desk, "1", 5*time.Second) })
		both.Go(func() {
			if _, err := shop.bring(t, desk, "unknown", -1); err == nil ||
				!strings.Contains(InWords(shopName, err).Error(), "no longer knows") {
				t.Error(err)
			}
		})
		both.Wait()
	})
}

// A faulty shop may give one id to several operations. Each waiter gets news of the end, even when
// another with the same id has had them before.
func TestOperationsOfOneIDAllHearOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, desk := newSlowDesk(0)
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() { shop.mustBring(t, desk, "1", 5*time.Second) })
		}
		all.Wait()
	})
}

// growing is a shop whose operation never ends and finds more and more.
type growing struct{ found, cancelled int }

func (g *growing) RoundTrip(r *http.Request) (*http.Response, error) {
	question, _ := io.ReadAll(r.Body)
	g.found++
	data := fmt.Sprintf(`"bulkOperation":{"id":"gid://shopify/BulkOperation/1","status":"RUNNING","objectCount":"%d","rootObjectCount":%d}`, g.found, g.found)
	switch {
	case bytes.Contains(question, []byte("EshopBulkRun")):
		data = `"bulkOperationRunQuery":{` + data + `,"userErrors":[]}`
	case bytes.Contains(question, []byte("EshopBulkCancel")):
		g.cancelled++
	}
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"data":{` + data + `}}`))}, nil
}

// hazard N12
func TestOperationThatGrowsForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, began := &growing{}, time.Now()
		site, _ := site.New("", site.Way{Transport: shop})
		client := New(site, shopName, "2026-10", &answers.Tokens{Current: firstToken}, Pauses{})
		_, err := deskOf(client).BringResult(t.Context(), bulk.List{Query: queries.BulkProducts.Text(), Gathered: func(int) {}})
		err = InWords(shopName, err)
		if took := time.Since(began); !errors.Is(err, bulk.ErrNone) || !strings.Contains(err.Error(), "did not end") ||
			shop.cancelled != 1 || took < bulk.LongestRun || took > bulk.LongestRun+time.Minute {
			t.Errorf("%v after %v, %d cancelled", err, took, shop.cancelled)
		}
	})
}
