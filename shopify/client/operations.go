package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/queries"
)

// Operations are the bulk operations of a shop. It implements bulk.Shop.
type Operations struct {
	client *Client
	singly bool // the shop does not answer for several operations at once
}

var _ bulk.Shop = (*Operations)(nil)

// NewOperations returns the bulk operations of the shop that c asks.
func NewOperations(c *Client) *Operations { return &Operations{client: c} }

// QueryText returns a query without the fields that the version lacks.
func (b *Operations) QueryText(query string) string { return b.client.absent.TextWithout(query) }

// LookAt returns how far operations are. Where the shop does not answer for several at once it
// is asked for each. It must not be called for several operations by two goroutines at a time.
func (b *Operations) LookAt(ctx context.Context, ids ...string) (map[string]*bulk.Operation, error) {
	if len(ids) > 1 && !b.singly {
		seen, err := b.lookAtAll(ctx, ids)
		if !errors.Is(err, errNotOfAll) {
			return seen, err
		}
		b.singly = true
	}
	seen := map[string]*bulk.Operation{}
	for _, id := range ids {
		o, err := b.lookAtOne(ctx, id)
		if err != nil {
			return nil, err
		}
		seen[id] = o
	}
	return seen, nil
}

var errNotOfAll = errors.New("it is not told of each operation how far it is")

// lookAtOne returns how far an operation is, nil when the shop does not know it.
func (b *Operations) lookAtOne(ctx context.Context, id string) (*bulk.Operation, error) {
	var data struct{ BulkOperation *bulkOperation }
	err := b.client.Ask(ctx, queries.BulkPoll, map[string]any{"id": id}, &data)
	return data.BulkOperation.asOperation(), err
}

// lookAtAll returns how far several operations are, by one request.
func (b *Operations) lookAtAll(ctx context.Context, ids []string) (map[string]*bulk.Operation, error) {
	variables := map[string]any{}
	for i, id := range ids {
		variables[fmt.Sprint("id", i+1)] = id
	}
	data := map[string]*bulkOperation{}
	if err := b.client.Ask(ctx, queries.BulkPoll.Times(len(ids)), variables, &data); err != nil {
		return nil, err
	}
	seen := map[string]*bulk.Operation{}
	for i, id := range ids {
		o, answered := data[fmt.Sprint("o", i+1)]
		if !answered || o != nil && o.ID != id {
			return nil, errNotOfAll
		}
		seen[id] = o.asOperation()
	}
	return seen, nil
}

// CancelOperation asks for the end of an operation, whether that works or not.
func (b *Operations) CancelOperation(ctx context.Context, id string) {
	_ = b.client.Ask(ctx, queries.BulkCancel, map[string]any{"id": id}, &struct{}{})
}

// OpenResult begins the transfer of a result. Addresses are good for a week
// (https://shopify.dev/docs/api/usage/bulk-operations/queries); one that is not good any more
// is asked for anew.
func (b *Operations) OpenResult(ctx context.Context, o *bulk.Operation) (io.ReadCloser, error) {
	address := o.URL
	for failed := 1; ; failed++ {
		file, err := b.openOnce(ctx, address)
		var f *failure
		switch {
		case err == nil:
			return file, nil
		case errors.Is(err, errGone) && failed == 1:
			now, err := b.lookAtOne(ctx, o.ID)
			if err != nil {
				return nil, err
			}
			if now == nil || now.URL == "" {
				return nil, &bulk.FailedOperation{Status: "EXPIRED"}
			}
			address = now.URL
			continue
		case !errors.As(err, &f):
			return nil, err
		}
		if f.fault = withCause(f.fault, ErrNoFile); failed >= f.remedy.mostTries() {
			return nil, f.fault
		}
		if err := b.client.waits.waitAfter(ctx, f, anotherTry(f), max(f.wait, backoffAfter(failed))); err != nil {
			return nil, err
		}
	}
}

func (b *Operations) openOnce(ctx context.Context, signed string) (*transfer, error) {
	address, untrusted := b.client.site.FileAddress(signed)
	if untrusted != nil {
		untrusted.Err = errors.Join(errUntrusted, ErrNoFile)
		return nil, untrusted
	}
	return openFile(ctx, b.client, address)
}

// Sleep waits for d.
func (b *Operations) Sleep(ctx context.Context, d time.Duration) error {
	return b.client.waits.Sleep(ctx, d)
}

// WaitAgain waits before another try, the longer the more have failed.
func (b *Operations) WaitAgain(ctx context.Context, err error, failed int) error {
	return b.client.waits.afterError(ctx, InWords(b.client.domain, err), backoffAfter(failed))
}

// TellStanding tells the operator, after a while, of an operation that makes no progress.
func (b *Operations) TellStanding(o *bulk.Operation, stood, left time.Duration) {
	if stood > connector.UntilTold {
		b.client.site.Patience().Tell(fmt.Sprintf("%s, whose bulk operation stands at %d objects", b.client.domain, o.Objects), left)
	}
}
