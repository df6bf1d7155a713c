package records

import "github.com/eshopos/eshopctl/shopify/decode"

// Page is one page of a connection.
type Page[T any] struct {
	Nodes    []*T      `must:"be"`
	PageInfo *pageInfo `must:"be"`
}

var _ decode.PartPage = (*Page[Media])(nil)

type pageInfo struct {
	HasNextPage bool `must:"be"`
	EndCursor   string
}

// Whole reports whether the page has all that a page has.
func (p *Page[T]) Whole() bool { return p.Nodes != nil && p.PageInfo != nil }

// End makes it an empty page behind which there is no other.
func (p *Page[T]) End() { *p = Page[T]{Nodes: []*T{}, PageInfo: &pageInfo{}} }

// LeaveOut forgets a page that does not fit.
func (p *Page[T]) LeaveOut() { *p = Page[T]{} }
