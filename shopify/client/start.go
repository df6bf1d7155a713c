package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// StartOperation starts an operation. After a lost answer it looks for an operation that was
// started all the same, before it tries again: two would be in each other's way.
func (b *Operations) StartOperation(ctx context.Context, query string) (*bulk.Operation, error) {
	asked := b.client.Time()
	if err := failpoint.Reach("submit/asking"); err != nil {
		return nil, err
	}
	for attempt := 1; ; attempt++ {
		o, err := b.askToStart(ctx, query)
		switch {
		case err == nil || !isLost(err):
			return o, err
		case attempt == shaky.mostTries():
			return nil, bulkUnanswered(err)
		}
		if err := b.client.waits.afterError(ctx, err, backoffAfter(attempt)); err != nil {
			return nil, err
		}
		if o, err := b.findStarted(ctx, query, asked); err != nil || o != nil {
			return o, err
		}
	}
}

// isLost reports whether an error leaves open whether the shop started the operation.
func isLost(err error) bool { return errors.Is(err, errPassing) && !errors.Is(err, bulk.ErrNone) }

// userError is why a mutation was not done.
type userError struct{ Message, Code string }

func (b *Operations) askToStart(ctx context.Context, query string) (*bulk.Operation, error) {
	var data struct {
		BulkOperationRunQuery *struct {
			BulkOperation *bulkOperation
			UserErrors    []userError
		}
	}
	text := b.QueryText(query)
	err := b.client.Ask(ctx, queries.BulkRun, map[string]any{"query": text}, &data)
	answer := data.BulkOperationRunQuery
	switch {
	case errors.Is(err, errLeftOut) && b.QueryText(query) == text: // leaving out the field changed nothing
		return nil, misfittingAnswer(b.client.domain, queries.BulkRun, errLeftOut).lastFault()
	case err != nil:
		return nil, bulkForbidden(b.client.domain, err)
	case answer != nil && leaveOutOfBulk(b.client.absent, answer.UserErrors) && b.QueryText(query) != text:
		return nil, errLeftOut
	case answer != nil && len(answer.UserErrors) > 0:
		return nil, bulkRefused(b.client.domain, answer.UserErrors[0].Code, answer.UserErrors[0].Message)
	case answer == nil || answer.BulkOperation == nil || answer.BulkOperation.ID == "":
		return nil, misfittingAnswer(b.client.domain, queries.BulkRun, errNoData).lastFault()
	}
	return answer.BulkOperation.asOperation(), nil
}

// findStarted returns an operation for the query that was created at the time asked or later,
// nil for none. It allows for clocks that differ a little, and for times in whole seconds.
func (b *Operations) findStarted(ctx context.Context, query string, asked time.Time) (*bulk.Operation, error) {
	var data struct {
		BulkOperations struct{ Nodes []bulkOperation }
	}
	since := asked.Add(-time.Minute)
	filter := fmt.Sprintf("operation_type:query AND created_at:>='%s'", since.UTC().Format(time.RFC3339))
	if err := b.client.Ask(ctx, queries.BulkList, map[string]any{"query": filter}, &data); err != nil {
		return nil, err
	}
	for _, o := range data.BulkOperations.Nodes {
		ours := strings.Join(strings.Fields(o.Query), " ") == strings.Join(strings.Fields(b.QueryText(query)), " ")
		runs := o.asOperation().Running() && !o.CreatedAt.Before(since)
		ran := o.Status == "COMPLETED" && !o.CreatedAt.Before(asked.Add(-2*time.Second))
		if ours && (runs || ran) {
			return o.asOperation(), nil
		}
	}
	return nil, nil
}

// leaveOutOfBulk is leaveOut for the user errors of the start of a bulk operation. They have no
// codes, only messages, and may name one missing field at a time.
func leaveOutOfBulk(absent *queries.AbsentFields, refusals []userError) bool {
	var fields []string
	for _, refusal := range refusals {
		if field := queries.AbsentField(refusal.Message); field != "" {
			fields = append(fields, field)
		}
	}
	return absent.Add(fields)
}
