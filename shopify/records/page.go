package records

import "github.com/eshopos/eshopctl/shopify/decode"

// Page is a page of a connection
// (https://shopify.dev/docs/api/usage/pagination-graphql).
type Page[T any] struct {
	Nodes    []*T      `must:"be"`
	PageInfo *pageInfo `must:"be"`
}

var _ decode.PartPage = (*Page[Media])(nil)

type pageInfo struct {
	HasNextPage bool `must:"be"`
	EndCursor   string
}

// IsWhole reports whether the page was decoded: it has nodes and says whether more follow.
func (p *Page[T]) IsWhole() bool { return p.Nodes != nil && p.PageInfo != nil }

// IsCut reports whether the page lacks records of its list, which must be asked for alone.
func (p *Page[T]) IsCut() bool { return !p.IsWhole() || p.PageInfo.HasNextPage }

// MakeLast makes it an empty page with no page after it.
func (p *Page[T]) MakeLast() { *p = Page[T]{Nodes: []*T{}, PageInfo: &pageInfo{}} }

// LeaveOut empties a page that could not be decoded as a whole. It makes IsWhole false.
func (p *Page[T]) LeaveOut() { *p = Page[T]{} }
