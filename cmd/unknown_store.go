package cmd

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// storeIsKnown refuses a store that nobody ever connected, where one was named.
func (p *program) storeIsKnown(ctx context.Context, db connector.Registry) error {
	if p.config.Store == "" {
		return nil
	}
	_, err := p.connectorOf(ctx, db)
	return err
}

// unknownStore is the fault of a name that no store has. What was most likely meant
// comes first: a new store is seldom what a command is tried with.
func (p *program) unknownStore(known []string) *connector.Fault {
	typed := p.config.Store
	if len(known) == 0 {
		fault := notConnected(fmt.Sprintf("there is no store %q: nothing is connected yet", typed))
		fault.Next = p.platforms.usual().Unconnected(typed).Connecting().Next()
		return fault
	}
	known = nearestFirst(typed, known)
	text := fmt.Sprintf("there is no store %q: did you mean %s?", typed, known[0])
	if len(known) > 1 {
		text += " The stores are " + strings.Join(known, ", ")
	}
	fault := notConnected(text)
	fault.Next = connector.Typed("status").Next()
	if near := nearest(typed, known); near != "" {
		fault.Next = again("--store", near)
	}
	return fault
}

// nearestFirst sorts words by how near they are to what was typed.
func nearestFirst(typed string, known []string) []string {
	return slices.SortedFunc(slices.Values(known), func(a, b string) int {
		return cmp.Or(cmp.Compare(farFrom(typed, a), farFrom(typed, b)), strings.Compare(a, b))
	})
}
