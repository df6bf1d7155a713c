package shopify

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/failpoint"
)

// pageSize is the largest page that Shopify gives. Large pages are cheap: 250
// rows cost eleven times one row
// (https://shopify.dev/docs/api/usage/pagination-graphql).
const pageSize = 250

// page is one page of a connection.
type page[T any] struct {
	Nodes    []*T
	PageInfo *struct {
		HasNextPage bool `must:"be"`
		EndCursor   string
	}
}

// whole reports whether the page has all that a page has.
func (p *page[T]) whole() bool {
	if p == nil || p.Nodes == nil || p.PageInfo == nil {
		return false
	}
	for _, node := range p.Nodes {
		if node == nil {
			return false
		}
	}
	return true
}

// connection is a list that is read in pages. D is the data of the document's
// answer, in which find finds the page; find returns nil when the record that
// the list belongs to is gone.
type connection[D, T any] struct {
	document  document
	variables map[string]any // besides first and after
	find      func(*D) *page[T]
}

// walk reads the connection from its first page to its last and gives each page
// to take. It ends when the shop says that there is no next page; a next page
// without a cursor that is new is a *connector.Fault with IncompleteRead. A page
// that is too costly, too large or too slow is asked for in halves, and so are
// those after it.
func (n connection[D, T]) walk(ctx context.Context, c *Client, take func([]*T) error) error {
	size, after, seen := pageSize, "", map[string]bool{}
	for {
		page, err := n.turn(ctx, c, size, after)
		if errors.Is(err, errTooMuch) && size > 1 {
			size /= 2
			continue
		}
		if err != nil {
			return err
		}
		if err := errors.Join(take(page.Nodes), failpoint.Reach("download/page")); err != nil {
			return err
		}
		if !page.PageInfo.HasNextPage {
			return nil
		}
		after = page.PageInfo.EndCursor
		if after == "" || seen[after] {
			return incoherent("%s turns the pages of %s in a circle", c.domain, n.document.operation())
		}
		seen[after] = true
	}
}

// turn asks for the page after a cursor.
func (n connection[D, T]) turn(ctx context.Context, c *Client, size int, after string) (*page[T], error) {
	variables := map[string]any{"first": size}
	maps.Copy(variables, n.variables)
	if after != "" {
		variables["after"] = after
	}
	var data D
	if err := c.ask(ctx, n.document, variables, &data); err != nil {
		return nil, err
	}
	page := n.find(&data)
	switch id := n.variables["id"]; {
	case page == nil && id != nil:
		return nil, moved("%s no longer has %v, which it listed a moment ago", c.domain, id)
	case !page.whole():
		return nil, &connector.Fault{
			Code:    connector.ProviderFault,
			Message: fmt.Sprintf("%s sent a page of %s that is not complete", c.domain, n.document.operation()),
			Hint:    tryLater,
		}
	}
	return page, nil
}
