package order

import (
	"cmp"
	"slices"
	"sort"
)

// Key places a row in a list: by value, then by id.
type Key struct {
	ID    int64  `json:"last_id"`
	Value string `json:"last_value"`
}

// Compare is negative for a key before the other one, positive for one behind it.
func (k Key) Compare(other Key) int {
	return cmp.Or(cmp.Compare(k.Value, other.Value), cmp.Compare(k.ID, other.ID))
}

// SortedBy orders rows by a key; lists that are kept in this order already need no call.
func SortedBy[T any](rows []T, key func(T) Key) []T {
	type keyed struct {
		row T
		key Key
	}
	pairs := make([]keyed, len(rows))
	for i, row := range rows {
		pairs[i] = keyed{row, key(row)}
	}
	slices.SortFunc(pairs, func(a, b keyed) int { return a.key.Compare(b.key) })
	ordered := make([]T, len(rows))
	for i, pair := range pairs {
		ordered[i] = pair.row
	}
	return ordered
}

// WithID finds the row with the given id in a list that is kept in id order.
func WithID[T interface{ IDNumber() int64 }](rows []T, id int64) (row T, found bool) {
	at := sort.Search(len(rows), func(i int) bool { return rows[i].IDNumber() >= id })
	if at == len(rows) || rows[at].IDNumber() != id {
		return row, false
	}
	return rows[at], true
}

// WithoutRow is the list less one row.
func WithoutRow[T comparable](rows []T, row T) []T {
	return slices.DeleteFunc(rows, func(r T) bool { return r == row })
}
