package shopify

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
)

// watch sees how far bulk operations are, with one question for all that run.
// Whoever waits for one of them and finds that nobody asks does it for all.
type watch struct {
	client *Client
	asking chan struct{} // held by the one who asks

	mu      sync.Mutex
	running map[*followed]bool // not by their ids: a shop that errs may give one to several

	singly bool // the shop does not answer for several at once; for who asks
}

// followed is an operation that somebody waits for.
type followed struct {
	id    string
	since time.Time
	news  chan sighted // the newest, until it is taken
}

// sighted is what was seen of an operation; nil when the shop does not know it.
type sighted struct {
	operation *bulkOperation
	err       error
}

func newWatch(client *Client) *watch {
	return &watch{client: client, asking: make(chan struct{}, 1), running: map[*followed]bool{}}
}

// Small shops are done in a second, and the end of every operation is to be seen
// within half a second and a twentieth of the time that it took, the way of the
// answer included.
const (
	firstLook   = 100 * time.Millisecond
	usualLook   = 300 * time.Millisecond
	longestLook = 15 * time.Second
)

// untilLook is how long to wait before an operation that runs for so long is looked
// at again.
func untilLook(running time.Duration) time.Duration {
	return min(max(running/2, firstLook), usualLook+running/25, longestLook)
}

// begin has an operation looked at until it is dropped.
func (w *watch) begin(id string) *followed {
	o := &followed{id: id, since: time.Now(), news: make(chan sighted, 1)}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.running[o] = true
	return o
}

func (w *watch) drop(o *followed) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.running, o)
}

// next waits for news of an operation.
func (w *watch) next(ctx context.Context, o *followed) (*bulkOperation, error) {
	for {
		select {
		case seen := <-o.news:
			return seen.operation, seen.err
		default:
		}
		select {
		case seen := <-o.news:
			return seen.operation, seen.err
		case w.asking <- struct{}{}:
			err := w.look(ctx)
			<-w.asking
			if err != nil {
				return nil, err
			}
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
}

// look waits until the youngest operation is due, asks for all and spreads the
// news. An error is about who asks: what is wrong with the answer is news for all.
func (w *watch) look(ctx context.Context) error {
	due := w.due()
	for slept := time.Duration(0); slept < due; due = min(due, w.due()) { // one that begins meanwhile is due sooner
		nap := min(due-slept, usualLook)
		if err := w.client.sleep(ctx, nap); err != nil {
			return err
		}
		slept += nap
	}
	ids := w.ids()
	seen, err := w.ask(ctx, ids)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	err = errors.Join(err, failpoint.Reach("poll/answered"))
	w.mu.Lock()
	defer w.mu.Unlock()
	for o := range w.running {
		if slices.Contains(ids, o.id) {
			o.hear(sighted{seen[o.id], err})
		}
	}
	return nil
}

// hear puts news in the place of older ones.
func (o *followed) hear(seen sighted) {
	select {
	case <-o.news:
	default:
	}
	o.news <- seen
}

func (w *watch) due() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	due := longestLook
	for o := range w.running {
		due = min(due, untilLook(time.Since(o.since)))
	}
	return due
}

// ids are those of all that run, each once.
func (w *watch) ids() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var ids []string
	for o := range w.running {
		ids = append(ids, o.id)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// ask asks how far operations are. Where the shop does not answer for several at
// once it is asked for each.
func (w *watch) ask(ctx context.Context, ids []string) (map[string]*bulkOperation, error) {
	if len(ids) > 1 && !w.singly {
		seen, err := w.client.bulkOperations(ctx, ids)
		if !errors.Is(err, errNotOfAll) {
			return seen, err
		}
		w.singly = true
	}
	seen := map[string]*bulkOperation{}
	for _, id := range ids {
		o, err := w.client.bulkOperation(ctx, id)
		if err != nil {
			return nil, err
		}
		seen[id] = o
	}
	return seen, nil
}

var errNotOfAll = errors.New("it is not told of each operation how far it is")

// bulkOperation asks how far an operation is; nil when the shop does not know it.
func (c *Client) bulkOperation(ctx context.Context, id string) (*bulkOperation, error) {
	var data struct{ BulkOperation *bulkOperation }
	err := c.ask(ctx, bulkPoll, map[string]any{"id": id}, &data)
	return data.BulkOperation, err
}

// bulkOperations asks the same of several, in one request.
func (c *Client) bulkOperations(ctx context.Context, ids []string) (map[string]*bulkOperation, error) {
	variables := map[string]any{}
	for i, id := range ids {
		variables[fmt.Sprint("id", i+1)] = id
	}
	data := map[string]*bulkOperation{}
	if err := c.ask(ctx, bulkPoll.times(len(ids)), variables, &data); err != nil {
		return nil, err
	}
	seen := map[string]*bulkOperation{}
	for i, id := range ids {
		o, answered := data[fmt.Sprint("o", i+1)]
		if !answered || o != nil && o.ID != id {
			return nil, errNotOfAll
		}
		seen[id] = o
	}
	return seen, nil
}

// times is the document that asks n times for what this one asks for once. (The
// field nodes would take all ids, but nobody knows its price.)
func (d document) times(n int) document { return document(fmt.Sprintf("%s*%d", d, n)) }

// once is the document that is asked n times.
func (d document) once() (one document, n int) {
	name, times, several := strings.Cut(string(d), "*")
	if !several {
		return d, 1
	}
	_, _ = fmt.Sscan(times, &n) // it was printed above
	return document(name), n
}

// repeated is the text of a document whose only field is asked for n times, each
// with a name and an id of its own.
func repeated(text string, n int) string {
	head, field, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(text), "}"), "($id: ID!) {\n")
	var declared, fields []string
	for i := range n {
		declared = append(declared, fmt.Sprintf("$id%d: ID!", i+1))
		one := strings.ReplaceAll(strings.TrimSpace(field), "$id", fmt.Sprintf("$id%d", i+1))
		fields = append(fields, fmt.Sprintf("  o%d: %s\n", i+1, one))
	}
	return head + "(" + strings.Join(declared, ", ") + ") {\n" + strings.Join(fields, "") + "}\n"
}
