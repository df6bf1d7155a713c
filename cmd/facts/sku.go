package facts

import (
	"context"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/importer/checking"
)

// skuFacts walks the stock of a SKU from the shop to its rows, as explain does, and
// keeps what stopped it. That the shop cannot be asked so much is no finding: what
// keeps it from that is one.
func skuFacts(ctx context.Context, p *access.Access, db access.StateFile, c connector.Connector, sku string) (*health.SKU, error) {
	found := &health.SKU{Name: sku}
	if _, err := importer.ReadyResources(c, []connector.Resource{connector.Stock}); err != nil {
		return found, nil
	}
	explained, err := ExplainStock(ctx, p, db, c, sku)
	if err != nil {
		if fault := exit.FaultOf(err); fault.Code == connector.StateUnusable || fault.Code == connector.Internal {
			return nil, err
		}
		return found, nil
	}
	found.Seen = true
	for _, e := range explained {
		found.Stops = append(found.Stops, stops("", e.Gates)...)
		for _, location := range e.Locations {
			found.Stops = append(found.Stops, stops(location.Name, location.Gates)...)
		}
	}
	return found, nil
}

// stops is the first gate of those that was not passed.
func stops(where string, gates []checking.Gate) []health.Stop {
	for _, gate := range gates {
		if gate.Verdict == checking.Stopped {
			return []health.Stop{{Where: where, Text: gate.Text, Whose: sideOf(gate, where)}}
		}
	}
	return nil
}

// sideOf says whose matter a gate is. What the shop has not, or does not count, is
// its own; a level that it no longer has stays here until the next import.
func sideOf(gate checking.Gate, where string) health.Side {
	switch gate.Name {
	case checking.GateExists, checking.GateTracked:
		return health.Shops
	case checking.GateStocked:
		if where == "" {
			return health.Shops
		}
		return health.Behind
	case checking.GateCurrent:
		return health.Behind
	}
	return health.Ours
}
