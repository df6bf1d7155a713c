package cmd

import (
	"context"
	"slices"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/view"
	"github.com/eshopos/eshopctl/connector"
)

// cardOf makes the card of a connector from the state file. trouble is why the shop did not
// answer just now, or nil.
func cardOf(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector, trouble error) (view.Card, error) {
	known, err := p.Facts().Overview(ctx, db, c, trouble)
	if err != nil {
		return view.Card{}, err
	}
	return view.CardOf(known.Facts, known.Objects), nil
}

func allGreen(cards []view.Card) bool {
	return len(cards) > 0 && !slices.ContainsFunc(cards, func(c view.Card) bool { return !c.Lights.AllGreen() })
}
