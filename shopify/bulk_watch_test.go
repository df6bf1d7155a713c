package shopify

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// slowDesk is a shop whose operations take as long as their query says, and whose
// answers are a while on their way.
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
	time.Sleep(d.trip / 2)
	d.mu.Lock()
	answer := d.answer(q.OperationName, q.Query, q.Variables)
	d.mu.Unlock()
	time.Sleep(d.trip / 2)
	return &http.Response{StatusCode: 200, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(`{"data":{` + answer + `}}`)), Request: r}, nil
}

func (d *slowDesk) answer(operation, query string, variables map[string]string) string {
	d.asked++
	if operation != "EshopBulkPoll" {
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

// begin starts an operation and waits for its end; it tells how late that is seen.
func (d *slowDesk) begin(t *testing.T, desk *bulkDesk, name string, takes time.Duration) (late time.Duration) {
	id := "gid://shopify/BulkOperation/" + name
	d.mu.Lock()
	d.starts[id], d.takes[id] = time.Now(), takes
	d.mu.Unlock()
	desk.work(1)
	began := time.Now()
	o, err := desk.wait(t.Context(), id, func(*bulkOperation) {})
	if err != nil || o.ID != id || o.Status != "COMPLETED" {
		t.Errorf("%s: %+v, %v", name, o, err)
	}
	return time.Since(began) - takes
}

func newSlowDesk(trip time.Duration) (*slowDesk, *bulkDesk) {
	shop := &slowDesk{trip: trip, starts: map[string]time.Time{}, takes: map[string]time.Duration{}}
	site, _ := NewSite("", shop)
	client := NewClient(site, shopName, "2026-10", &tokens{current: firstToken}, nil)
	return shop, &bulkDesk{client: client, ledger: forgetful{}, standstill: DefaultBulkPatience, watch: newWatch(client)}
}

// The end of an operation is seen within half a second and a twentieth of the time
// that it took, and that costs little.
func TestTheEndOfAnOperationIsSeenSoon(t *testing.T) {
	for _, takes := range []time.Duration{
		0, 90 * time.Millisecond, 700 * time.Millisecond, 1999 * time.Millisecond, 5400 * time.Millisecond, 16 * time.Second, time.Minute, 9*time.Minute + time.Second, 3 * time.Hour,
	} {
		synctest.Test(t, func(t *testing.T) {
			shop, desk := newSlowDesk(120 * time.Millisecond)
			late := shop.begin(t, desk, "1", takes)
			if late > 500*time.Millisecond+takes/20 {
				t.Errorf("the end of an operation of %v is seen %v late", takes, late)
			}
			if most := 20 + int(takes.Seconds()/longestLook.Seconds()) + 110; shop.asked > most {
				t.Errorf("an operation of %v costs %d questions", takes, shop.asked)
			}
		})
	}
}

// Operations that run side by side are asked for together, also where one begins
// while the others have run for long, and where some end before the others.
func TestOneQuestionIsForAllOperations(t *testing.T) {
	for _, single := range []bool{false, true} { // a shop that answers for one only is asked for each
		synctest.Test(t, func(t *testing.T) {
			shop, desk := newSlowDesk(100 * time.Millisecond)
			shop.single = single
			var all sync.WaitGroup
			for i, takes := range []time.Duration{3 * time.Second, 10 * time.Second, 10 * time.Second, 2 * time.Minute, 2 * time.Minute} {
				all.Go(func() {
					if late := shop.begin(t, desk, fmt.Sprint(i), takes); !single && late > 500*time.Millisecond+takes/20 {
						t.Errorf("%v: %v late", takes, late)
					}
				})
			}
			time.Sleep(time.Minute)
			all.Go(func() {
				if late := shop.begin(t, desk, "late", time.Second); !single && late > 550*time.Millisecond {
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

// An operation that nobody knows, one among others, is lost for who waits for it.
func TestOneLostOperationConcernsNoOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, desk := newSlowDesk(0)
		var both sync.WaitGroup
		both.Go(func() { shop.begin(t, desk, "1", 5*time.Second) })
		both.Go(func() {
			if _, err := desk.wait(t.Context(), "gid://shopify/BulkOperation/unknown", nil); err == nil || !strings.Contains(err.Error(), "no longer knows") {
				t.Error(err)
			}
		})
		both.Wait()
	})
}

// A shop that errs may give one id to several operations. Each that waits hears of its
// end, also where one of them had the news and went.
func TestOperationsOfOneIDAllHearOfIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, desk := newSlowDesk(0)
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		id := "gid://shopify/BulkOperation/1"
		shop.starts[id], shop.takes[id] = time.Now(), 5*time.Second
		var all sync.WaitGroup
		for range 3 {
			all.Go(func() {
				if o, err := desk.wait(ctx, id, func(*bulkOperation) {}); err != nil || o.Status != "COMPLETED" {
					t.Errorf("%+v, %v", o, err)
				}
			})
		}
		all.Wait()
	})
}
