package cmd

import (
	"context"
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/spelling"
)

// storeIsKnown refuses a store that nobody ever connected, where one was named.
func (p *program) storeIsKnown(ctx context.Context, db connector.Registry) error {
	if p.face.Settings.Store == "" {
		return nil
	}
	_, err := p.connectorOf(ctx, db)
	return err
}

// unknownStore is the fault of a name that no store has. What was most likely meant
// comes first: a new store is seldom what a command is tried with.
func (p *program) unknownStore(known []string) *connector.Fault {
	typed := p.face.Settings.Store
	if len(known) == 0 {
		fault := exit.NotConnected(fmt.Sprintf("there is no store %q: nothing is connected yet", typed))
		fault.Next = p.platforms.usual().Unconnected(typed).Connecting().Next()
		return fault
	}
	known = spelling.NearestFirst(typed, known)
	text := fmt.Sprintf("there is no store %q: did you mean %s?", typed, known[0])
	if len(known) > 1 {
		text += " The stores are " + strings.Join(known, ", ")
	}
	fault := exit.NotConnected(text)
	fault.Next = connector.Typed("status").Next()
	if near := spelling.Nearest(typed, known); near != "" {
		fault.Next = usage.Again("--store", near)
	}
	return fault
}
