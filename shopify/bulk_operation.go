package shopify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/importer"
)

const (
	// betweenStarts is how long to wait before a start is tried again that had no
	// place before.
	betweenStarts = time.Second

	// A finished file is picked up while it is younger than freshFile: older, the
	// stock in it is not worth the time that it saves. An operation that still
	// runs is always nearer to its end than a new one, but after longestRun
	// nobody waits for its preview any more.
	freshFile  = time.Hour
	longestRun = 24 * time.Hour
)

// bulkDesk runs the bulk operations of one reading, side by side.
type bulkDesk struct {
	client     *Client
	ledger     Ledger
	standstill time.Duration // of an operation, at the longest
	watch      *watch

	starting sync.Mutex // held by whoever asks for a start
	refusal  error      // of all operations of this app

	stockFrom time.Time // when the operation of stock began that was taken up; zero for none

	mu     sync.Mutex
	active int       // operations of this reading that Shopify works at
	began  time.Time // when the first of them did
}

// run brings an operation for the document to its end, one that was noted
// before if it may still serve. progress hears how many objects were found.
func (b *bulkDesk) run(ctx context.Context, d document, progress func(*bulkOperation)) (*bulkOperation, error) {
	o, err := b.begin(ctx, d)
	if err != nil {
		return nil, err
	}
	if o, err = b.wait(ctx, o.ID, progress); err != nil {
		return nil, err
	}
	b.note(o)
	return o, failpoint.Reach("poll/completed")
}

// begin picks an operation up or starts one, without the fields that the version turns out
// to lack.
func (b *bulkDesk) begin(ctx context.Context, d document) (*bulkOperation, error) {
	for range dispensable {
		b.work(1) // until it is known that there is none: the others then wait for it
		o, err := b.pickUp(ctx, d)
		if err != nil || o == nil {
			b.work(-1)
		}
		if err == nil && o == nil {
			o, err = b.start(ctx, d)
		}
		if !errors.Is(err, errLeftOut) {
			return o, err
		}
	}
	return nil, misfitting(b.client.domain, bulkRun, errLeftOut).last()
}

// pickUp finds the operation that an earlier reading noted for the document; nil
// when there is none that would serve.
func (b *bulkDesk) pickUp(ctx context.Context, d document) (*bulkOperation, error) {
	if d == bulkInventory {
		b.stockFrom = time.Time{}
	}
	id, noted, err := b.ledger.Recall(ctx, b.client.text(d))
	if err != nil || id == "" {
		return nil, err
	}
	o, err := b.client.bulkOperation(ctx, id)
	if err != nil {
		return nil, err
	}
	age := time.Since(noted)
	wrongClock := age < -importer.ClockSkew // here, then or now: its age is not known
	if o != nil && !wrongClock && (o.running() && age < longestRun || o.Status == "COMPLETED" && age < freshFile) {
		if d == bulkInventory {
			b.stockFrom = noted
		}
		return o, nil
	}
	return nil, b.ledger.Forget(ctx, b.client.text(d))
}

// start starts an operation and notes it before anything else is done.
func (b *bulkDesk) start(ctx context.Context, d document) (*bulkOperation, error) {
	o, err := b.startInTurn(ctx, d)
	for err != nil && errors.Is(err, errSlotsTaken) && b.busy() {
		// one of ours will end and make room
		if err := b.client.sleep(ctx, betweenStarts); err != nil {
			return nil, err
		}
		o, err = b.startInTurn(ctx, d)
	}
	if err = errors.Join(err, failpoint.Reach("submit/answered")); err != nil {
		return nil, err
	}
	return o, errors.Join(b.ledger.Note(ctx, b.client.text(d), o.ID), failpoint.Reach("submit/noted"))
}

// startInTurn starts one operation at a time, so that whose are in the way of a
// refused one is known, and asks no more when the app is refused altogether.
func (b *bulkDesk) startInTurn(ctx context.Context, d document) (*bulkOperation, error) {
	b.starting.Lock()
	defer b.starting.Unlock()
	if b.refusal != nil {
		return nil, b.refusal
	}
	o, err := b.submit(ctx, d)
	switch {
	case err == nil:
		b.work(1)
	case errors.Is(err, errRefused), errors.Is(err, errNotNow):
		b.refusal = err
	}
	return o, err
}

// submit asks for the start of an operation. When the answer is lost it may have
// started all the same, and would then stand in the way of a second one.
func (b *bulkDesk) submit(ctx context.Context, d document) (*bulkOperation, error) {
	asked := b.client.shopTime()
	if err := failpoint.Reach("submit/asking"); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		o, err := b.ask(ctx, d)
		switch {
		case err == nil || !isLost(err):
			return o, err
		case attempt == shaky.tries():
			return nil, bulkUnanswered(err)
		}
		if err := b.client.waitAfterError(ctx, err, backoff(attempt)); err != nil {
			return nil, err
		}
		if o, err := b.lookFor(ctx, d, asked); err != nil || o != nil {
			return o, err
		}
	}
}

// isLost reports whether the error leaves open what the shop did.
func isLost(err error) bool { return errors.Is(err, errPassing) && !errors.Is(err, errNoBulk) }

// userError is a refusal of what a mutation was asked to do.
type userError struct{ Message, Code string }

func (b *bulkDesk) ask(ctx context.Context, d document) (*bulkOperation, error) {
	var data struct {
		BulkOperationRunQuery *struct {
			BulkOperation *bulkOperation
			UserErrors    []userError
		}
	}
	text := b.client.text(d)
	if err := b.client.ask(ctx, bulkRun, map[string]any{"query": text}, &data); err != nil {
		return nil, bulkForbidden(b.client.domain, err)
	}
	answer := data.BulkOperationRunQuery
	switch {
	case answer != nil && b.client.leaveOutOfBulk(answer.UserErrors) && b.client.text(d) != text:
		return nil, errLeftOut
	case answer != nil && len(answer.UserErrors) > 0:
		return nil, bulkRefused(b.client.domain, answer.UserErrors[0].Code, answer.UserErrors[0].Message)
	case answer == nil || answer.BulkOperation == nil || answer.BulkOperation.ID == "":
		return nil, misfitting(b.client.domain, bulkRun, errNoData).last()
	}
	return answer.BulkOperation, nil
}

// lookFor finds an operation for the document that was started at the given time
// or later; clocks may differ by a little, and times are told in seconds.
func (b *bulkDesk) lookFor(ctx context.Context, d document, asked time.Time) (*bulkOperation, error) {
	var data struct {
		BulkOperations struct{ Nodes []bulkOperation }
	}
	since := asked.Add(-time.Minute)
	filter := fmt.Sprintf("operation_type:query AND created_at:>='%s'", since.UTC().Format(time.RFC3339))
	if err := b.client.ask(ctx, bulkList, map[string]any{"query": filter}, &data); err != nil {
		return nil, err
	}
	for _, o := range data.BulkOperations.Nodes {
		ours := strings.Join(strings.Fields(o.Query), " ") == strings.Join(strings.Fields(b.client.text(d)), " ")
		runs := o.running() && !o.CreatedAt.Before(since)
		ran := o.Status == "COMPLETED" && !o.CreatedAt.Before(asked.Add(-2*time.Second))
		if ours && (runs || ran) {
			return &o, nil
		}
	}
	return nil, nil
}

// wait watches the operation until it has ended well.
func (b *bulkDesk) wait(ctx context.Context, id string, progress func(*bulkOperation)) (*bulkOperation, error) {
	defer b.work(-1)
	watched := b.watch.begin(id)
	defer b.watch.drop(watched)
	var seen stand
	moved := time.Now()
	for {
		o, err := b.watch.next(ctx, watched)
		if err != nil {
			return nil, err
		}
		switch {
		case o == nil:
			return nil, bulkEnded(b.client.domain, "LOST", "")
		case !o.running():
			return o, b.ended(o)
		case time.Since(watched.since) > longestRun:
			return nil, b.giveUp(ctx, o, bulkEndless(b.client.domain, o))
		case o.stand() != seen:
			seen, moved = o.stand(), time.Now()
			progress(o)
		case time.Since(moved) > b.standstill:
			return nil, b.giveUp(ctx, o, bulkStuck(b.client.domain, o, b.standstill))
		default:
			b.tellStanding(o, time.Since(moved))
		}
	}
}

// tellStanding tells of an operation that makes no progress for so long.
func (b *bulkDesk) tellStanding(o *bulkOperation, stood time.Duration) {
	if stood > connector.UntilTold {
		what := fmt.Sprintf("%s, whose bulk operation stands at %d objects", b.client.domain, o.ObjectCount)
		b.client.site.patience.Tell(what, b.standstill-stood)
	}
}

// stand is what moves in an operation that goes on.
type stand struct {
	status         string
	objects, roots figure
}

func (o *bulkOperation) stand() stand { return stand{o.Status, o.ObjectCount, o.RootObjectCount} }

func (b *bulkDesk) ended(o *bulkOperation) error {
	switch {
	case o.Status != "COMPLETED":
		return bulkEnded(b.client.domain, o.Status, o.ErrorCode)
	case o.URL == "" && o.ObjectCount > 0:
		return bulkEnded(b.client.domain, "EXPIRED", "")
	}
	return nil
}

// giveUp cancels an operation that leads nowhere, so that it is in nobody's way.
// Whether that works changes nothing.
func (b *bulkDesk) giveUp(ctx context.Context, o *bulkOperation, why error) error {
	_ = b.client.ask(ctx, bulkCancel, map[string]any{"id": o.ID}, &struct{}{})
	return why
}

// explained looks for the reason of a refusal that names none: the same question
// as a page tells which scope is missing.
func (b *bulkDesk) explained(ctx context.Context, d document, err error) error {
	if !errors.Is(err, errBulkDenied) {
		return err
	}
	paged, variables := d.paged()
	if why := b.client.ask(ctx, paged, variables, &struct{}{}); why != nil {
		return why
	}
	return err
}

func (b *bulkDesk) work(n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.active += n
}

func (b *bulkDesk) busy() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.active > 0
}

// note keeps the earliest moment at which Shopify began to read.
func (b *bulkDesk) note(o *bulkOperation) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if began := o.CreatedAt.Time; b.began.IsZero() || !began.IsZero() && began.Before(b.began) {
		b.began = began
	}
}
