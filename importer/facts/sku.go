package facts

import (
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/checking"
)

// stopsOf are the first gates that stopped the stock of variants, at most one each in
// the shop and at every location.
func stopsOf(explained []checking.Explanation) (all []health.Stop) {
	for _, e := range explained {
		all = append(all, stopAt("", e.Gates)...)
		for _, location := range e.Locations {
			all = append(all, stopAt(location.Name, location.Gates)...)
		}
	}
	return all
}

// stopAt is the first gate that was not passed, if there is one. where is the name of a
// location, "" for the shop.
func stopAt(where string, gates []checking.Gate) []health.Stop {
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
