package sandbox

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"slices"
	"sort"
)

// sortKey places a row in a list: by value, then by id.
type sortKey struct {
	ID    int64  `json:"last_id"`
	Value string `json:"last_value"`
}

func (k sortKey) compare(other sortKey) int {
	return cmp.Or(cmp.Compare(k.Value, other.Value), cmp.Compare(k.ID, other.ID))
}

// cursor is what clients get to see of a sort key. It names a place, not a row: pages neither skip nor repeat
// rows when others come or go.
func (k sortKey) cursor() string {
	text, err := json.Marshal(k)
	if err != nil {
		panic(err) // a struct of a number and a string always marshals
	}
	return base64.StdEncoding.EncodeToString(text)
}

func parseCursor(cursor string) (sortKey, error) {
	var key sortKey
	text, err := base64.StdEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(text, &key)
	}
	if err != nil {
		return key, newFault("BAD_REQUEST", "Invalid cursor for current pagination sort.")
	}
	return key, nil
}

// connection is one page of a list.
type connection struct {
	items       []object
	keys        []sortKey
	hasNext     bool
	hasPrevious bool
}

// paginate cuts the page that the arguments ask for out of rows, which are sorted by the given key.
func paginate[T object](rows []T, key func(T) sortKey, args arguments) (*connection, error) {
	if args.flag("reverse") {
		rows = slices.Clone(rows)
		slices.Reverse(rows)
	}
	from, to, err := window(rows, key, args)
	if err != nil {
		return nil, err
	}
	if first, ok := args.number("first"); ok {
		to = min(to, from+first)
	} else if last, ok := args.number("last"); ok {
		from = max(from, to-last)
	}
	page := &connection{hasNext: to < len(rows), hasPrevious: from > 0}
	for _, row := range rows[from:to] {
		page.items = append(page.items, row)
		page.keys = append(page.keys, key(row))
	}
	return page, nil
}

// window finds the rows between the cursors of the arguments.
func window[T object](rows []T, key func(T) sortKey, args arguments) (from, to int, err error) {
	direction := 1
	if args.flag("reverse") {
		direction = -1
	}
	position := func(cursor string, including int) (int, error) {
		at, err := parseCursor(cursor)
		return sort.Search(len(rows), func(i int) bool {
			return direction*key(rows[i]).compare(at) >= including
		}), err
	}
	to = len(rows)
	if after := args.text("after"); after != "" {
		if from, err = position(after, 1); err != nil {
			return 0, 0, err
		}
	}
	if before := args.text("before"); before != "" {
		if to, err = position(before, 0); err != nil {
			return 0, 0, err
		}
	}
	return from, max(from, to), nil
}

// sorted orders rows by a key; lists that are kept in this order already need no call.
func sorted[T any](rows []T, key func(T) sortKey) []T {
	type keyed struct {
		row T
		key sortKey
	}
	pairs := make([]keyed, len(rows))
	for i, row := range rows {
		pairs[i] = keyed{row, key(row)}
	}
	slices.SortFunc(pairs, func(a, b keyed) int { return a.key.compare(b.key) })
	ordered := make([]T, len(rows))
	for i, pair := range pairs {
		ordered[i] = pair.row
	}
	return ordered
}

func (c *connection) kind() string { return "Connection" }

func (c *connection) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "nodes":
		return c.items, nil
	case "edges":
		edges := make([]object, len(c.items))
		for i := range c.items {
			edges[i] = edge{c, i}
		}
		return edges, nil
	case "pageInfo":
		return pageInfo{c}, nil
	}
	return nil, unanswerable("Connection", name)
}

type edge struct {
	page *connection
	at   int
}

func (e edge) kind() string { return "Edge" }

func (e edge) field(_ *execution, name string, _ arguments) (any, error) {
	switch name {
	case "node":
		return e.page.items[e.at], nil
	case "cursor":
		return e.page.keys[e.at].cursor(), nil
	}
	return nil, unanswerable("Edge", name)
}

type pageInfo struct{ page *connection }

func (p pageInfo) kind() string { return "PageInfo" }

func (p pageInfo) field(_ *execution, name string, _ arguments) (any, error) {
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
			return keys[0].cursor(), nil
		}
		return keys[len(keys)-1].cursor(), nil
	}
	return nil, unanswerable("PageInfo", name)
}
