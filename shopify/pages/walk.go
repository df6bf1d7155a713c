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

// connection is a list that is read in pages. D is the data of the document's
// answer, in which find finds the page; find returns nil when the record that
// the list belongs to is gone.
type connection[D, T any] struct {
	document  queries.Document
	variables map[string]any // besides first and after
	find      func(*D) *records.Page[T]
}

// walkPages reads the connection from its first page to its last and gives each page
// to take. It ends when the shop says that there is no next page.
func (n connection[D, T]) walkPages(ctx context.Context, c *client.Client, take func([]*T) error) error {
	turns := n.newWalk(c)
	page, err := turns.nextPage(ctx)
	if err != nil {
		return err
	}
	return turns.followPages(ctx, page, func([]*T) bool { return true }, take)
}

// withFilter is the part of the connection that a filter finds.
func (n connection[D, T]) withFilter(query string) connection[D, T] {
	variables := map[string]any{"query": query}
	maps.Copy(variables, n.variables)
	n.variables = variables
	return n
}

func (n connection[D, T]) newWalk(c *client.Client) *pageWalk[D, T] {
	return &pageWalk[D, T]{connection: n, client: c, size: queries.PageSize, seen: map[string]bool{}}
}

// pageWalk is how far the pages of a connection were read. A page that is too
// costly, too large or too slow is asked for in halves, and so are those after it.
type pageWalk[D, T any] struct {
	connection[D, T]
	client *client.Client
	size   int
	after  string
	seen   map[string]bool // cursors
	ended  bool
}

// nextPage gives the next page, nil after the last one. A next page without a cursor
// that is new is a *connector.Fault with IncompleteRead.
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

// followPages gives a page and those after it to take. While it takes a page the next
// one is asked for, unless wanted says of a page that it is the last one to read.
func (t *pageWalk[D, T]) followPages(
	ctx context.Context, page *records.Page[T], wanted func([]*T) bool, take func([]*T) error,
) (err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for err == nil && page != nil {
		t.ended = !wanted(page.Nodes) || t.ended
		coming := t.askAhead(ctx)
		if err = errors.Join(take(page.Nodes), failpoint.Reach("download/page")); err != nil {
			cancel()
		}
		next, failed := coming()
		page, err = next, cmp.Or(err, failed)
	}
	return err
}

// askAhead asks for the next page at once and gives it when it is called for.
func (t *pageWalk[D, T]) askAhead(ctx context.Context) func() (*records.Page[T], error) {
	type turned struct {
		page *records.Page[T]
		err  error
	}
	coming := make(chan turned, 1)
	go func() {
		page, err := t.nextPage(ctx)
		coming <- turned{page, err}
	}()
	return func() (*records.Page[T], error) {
		t := <-coming
		return t.page, t.err
	}
}

// askPage asks for the page after a cursor.
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

// pageVariables are the variables of the question for a page.
func (n connection[D, T]) pageVariables(size int, after string) map[string]any {
	variables := map[string]any{"first": size}
	maps.Copy(variables, n.variables)
	if after != "" {
		variables["after"] = after
	}
	return variables
}
