package pages

import (
	"cmp"
	"context"
	"errors"
	"maps"

	"github.com/eshopos/eshopctl/connector/failpoint"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// connection is a list that the shop gives in pages. D is the data of the document's
// answer. find returns the page in it, nil when the record that the list belongs to is
// gone.
type connection[D, T any] struct {
	document  queries.Document
	variables map[string]any // besides first and after
	find      func(*D) *records.Page[T]
}

// walkPages reads the connection from its first page to its last and calls give with each.
// It ends when the shop says that there is no next page.
func (n connection[D, T]) walkPages(ctx context.Context, c *client.Client, give func([]*T) error) error {
	walk := n.newWalk(c)
	page, err := walk.nextPage(ctx)
	if err != nil {
		return err
	}
	return walk.followPages(ctx, page, func([]*T) bool { return true }, give)
}

// withFilter returns the part of the connection that a search query finds.
func (n connection[D, T]) withFilter(query string) connection[D, T] {
	variables := map[string]any{"query": query}
	maps.Copy(variables, n.variables)
	n.variables = variables
	return n
}

func (n connection[D, T]) newWalk(c *client.Client) *pageWalk[D, T] {
	return &pageWalk[D, T]{connection: n, client: c, size: queries.PageSize, seen: map[string]bool{}}
}

// pageWalk asks for the pages of a connection one after another. When a page is too costly,
// too large or too slow, it and all pages after it are asked for in half the size.
type pageWalk[D, T any] struct {
	connection[D, T]
	client *client.Client
	size   int
	after  string          // cursor of the last page
	seen   map[string]bool // cursors
	ended  bool
}

// nextPage asks for the next page; it returns nil after the last one. A page that promises
// another one without a new cursor is a *connector.Fault with the code IncompleteRead.
func (t *pageWalk[D, T]) nextPage(ctx context.Context) (*records.Page[T], error) {
	if t.ended {
		return nil, nil
	}
	page, err := t.askPage(ctx, t.client, t.size, t.after)
	for errors.Is(err, client.ErrTooMuch) && t.size > 1 {
		t.size /= 2
		page, err = t.askPage(ctx, t.client, t.size, t.after)
	}
	if err != nil || !page.PageInfo.HasNextPage {
		t.ended = true
		return page, err
	}
	t.after = page.PageInfo.EndCursor
	if t.after == "" || t.seen[t.after] {
		return nil, client.IncoherentFault("%s turns the pages of %s in a circle", t.client.Domain(), t.document.OperationName())
	}
	t.seen[t.after] = true
	return page, nil
}

// followPages calls give with a page and with those after it, while the next page is on its
// way. It ends before the next page when wanted, called with each page, returns false.
func (t *pageWalk[D, T]) followPages(
	ctx context.Context, page *records.Page[T], wanted func([]*T) bool, give func([]*T) error,
) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for err == nil && page != nil {
		t.ended = !wanted(page.Nodes) || t.ended
		coming := t.askAhead(ctx)
		if err = errors.Join(give(page.Nodes), failpoint.Reach("download/page")); err != nil {
			cancel()
		}
		next, failed := coming()
		page, err = next, cmp.Or(err, failed)
	}
	return err
}

// askAhead asks for the next page in a goroutine. The function that it returns waits for
// the page.
func (t *pageWalk[D, T]) askAhead(ctx context.Context) func() (*records.Page[T], error) {
	var page *records.Page[T]
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		page, err = t.nextPage(ctx)
	}()
	return func() (*records.Page[T], error) {
		<-done
		return page, err
	}
}

// askPage asks for the page after a cursor, the first page after "".
func (n connection[D, T]) askPage(ctx context.Context, c *client.Client, size int, after string) (*records.Page[T], error) {
	var data D
	if err := c.Ask(ctx, n.document, n.pageVariables(size, after), &data); err != nil {
		return nil, err
	}
	page := n.find(&data)
	if page == nil {
		return nil, client.MovedFault("%s no longer has %v, which it listed a moment ago", c.Domain(), n.variables["id"])
	}
	return page, nil
}

func (n connection[D, T]) pageVariables(size int, after string) map[string]any {
	variables := map[string]any{"first": size}
	maps.Copy(variables, n.variables)
	if after != "" {
		variables["after"] = after
	}
	return variables
}
