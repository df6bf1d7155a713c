package graph

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"sort"

	"github.com/eshopos/eshopctl/shopify/sandbox/order"
)

// Connection is one page of a list.
type Connection struct {
	Items       []Object
	keys        []order.Key
	hasNext     bool
	hasPrevious bool
}

// Paginate cuts the page that the arguments ask for out of rows, which are sorted by the given key.
func Paginate[T Object](rows []T, key func(T) order.Key, args Arguments) (*Connection, error) {
	if args.Flag("reverse") {
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	}
	from, to, err := rowsBetween(rows, key, args)
	if err != nil {
		return nil, err
	}
	if first, ok := args.Number("first"); ok {
		to = min(to, from+first)
	} else if last, ok := args.Number("last"); ok {
		from = max(from, to-last)
	}
	page := &Connection{hasNext: to < len(rows), hasPrevious: from > 0}
	for _, row := range rows[from:to] {
		page.Items = append(page.Items, row)
		page.keys = append(page.keys, key(row))
	}
	return page, nil
}

// rowsBetween finds the rows between the cursors of the arguments.
func rowsBetween[T Object](rows []T, key func(T) order.Key, args Arguments) (from, to int, err error) {
	direction := 1
	if args.Flag("reverse") {
		direction = -1
	}
	position := func(cursor string, including int) (int, error) {
		at, err := parseCursor(cursor)
		return sort.Search(len(rows), func(i int) bool {
			return direction*key(rows[i]).Compare(at) >= including
		}), err
	}
	to = len(rows)
	if after := args.Text("after"); after != "" {
		if from, err = position(after, 1); err != nil {
			return 0, 0, err
		}
	}
	if before := args.Text("before"); before != "" {
		if to, err = position(before, 0); err != nil {
			return 0, 0, err
		}
	}
	return from, max(from, to), nil
}

// CursorOf writes a sort key as a cursor. A cursor names a place, not a row: pages neither skip nor repeat rows when
// others are added or removed.
func CursorOf(k order.Key) string {
	text, err := json.Marshal(k)
	if err != nil {
		panic(err) // a struct of a number and a string always marshals
	}
	return base64.StdEncoding.EncodeToString(text)
}

func parseCursor(cursor string) (order.Key, error) {
	var key order.Key
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(text, &key)
	}
	if err != nil {
		return key, NewFault("BAD_REQUEST", "Invalid cursor for current pagination sort.")
	}
	return key, nil
}

func (c *Connection) TypeName() string { return "Connection" }

func (c *Connection) FieldValue(name string) (any, error) {
	switch name {
	case "nodes":
		return c.Items, nil
	case "edges":
		edges := make([]Object, len(c.Items))
		for i := range c.Items {
			edges[i] = edge{c, i}
		}
		return edges, nil
	case "pageInfo":
		return pageInfo{c}, nil
	}
	return nil, NotAnswered("Connection", name)
}

type edge struct {
	page *Connection
	at   int
}

func (e edge) TypeName() string { return "Edge" }

func (e edge) FieldValue(name string) (any, error) {
	switch name {
	case "node":
		return e.page.Items[e.at], nil
	case "cursor":
		return CursorOf(e.page.keys[e.at]), nil
	}
	return nil, NotAnswered("Edge", name)
}

type pageInfo struct{ page *Connection }

func (p pageInfo) TypeName() string { return "PageInfo" }

func (p pageInfo) FieldValue(name string) (any, error) {
	keys := p.page.keys
	switch name {
	case "hasNextPage":
		return p.page.hasNext, nil
	case "hasPreviousPage":
		return p.page.hasPrevious, nil
	case "startCursor", "endCursor":
		if len(keys) == 0 {
			return nil, nil
		}
		if name == "startCursor" {
			return CursorOf(keys[0]), nil
		}
		return CursorOf(keys[len(keys)-1]), nil
	}
	return nil, NotAnswered("PageInfo", name)
}
