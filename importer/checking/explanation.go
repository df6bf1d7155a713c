package checking

import (
	"slices"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Gate is a check that stock must pass on its way, with the result.
type Gate struct {
	Name    string         `json:"gate"`
	Verdict Verdict        `json:"result"`
	Text    string         `json:"text"`
	Next    connector.Next `json:"hint"` // what to do if it failed
}

// Explanation follows the stock of one variant from the shop into the store.
type Explanation struct {
	VariantID    string                `json:"external_id"` // "" if there is no such variant
	Title        string                `json:"title"`
	SKU          string                `json:"sku"`
	ProductID    string                `json:"product_external_id"`
	Product      string                `json:"product_title"`
	Gates        []Gate                `json:"gates"`
	Locations    []LocationExplanation `json:"locations"`
	FirstFailing string                `json:"first_failing"`      // the name of the gate, "" if all were passed
	NotRead      []importer.NotRead    `json:"not_read,omitempty"` // fields of variants and stock that the last import did not read
}

// LocationExplanation follows one stock level.
type LocationExplanation struct {
	LocationID   string   `json:"external_id"`
	Name         string   `json:"name"`
	WarehouseID  string   `json:"warehouse_id"` // "" if the location has none
	Shop         *Figures `json:"shop"`         // now; nil if it is not stocked there
	Stored       *Figures `json:"stored"`       // nil if there is no row
	Gates        []Gate   `json:"gates"`
	FirstFailing string   `json:"first_failing"`
}

// Figures are the numbers of a stock level. nil means unknown, which is not zero.
type Figures struct {
	Active    bool   `json:"active"`
	Available *int64 `json:"available"`
	OnHand    *int64 `json:"on_hand"`
	Committed *int64 `json:"committed"`
	Incoming  *int64 `json:"incoming"`
}

// firstFailing returns the name of the first gate that was not passed.
func firstFailing(gates []Gate) string {
	if i := slices.IndexFunc(gates, func(g Gate) bool { return g.Verdict == Stopped }); i >= 0 {
		return gates[i].Name
	}
	return ""
}

// Verdict says whether a gate was passed.
type Verdict string

// The gates that a stock level passes on its way from the shop into the store,
// in their order. The first three are the variant's.
const (
	GateExists   = "exists"    // the shop has the variant
	GateTracked  = "tracked"   // the shop counts its stock
	GateStocked  = "stocked"   // the shop stocks it at the location
	GateMapped   = "mapped"    // a warehouse stands for the location
	GateRead     = "read"      // the last import of stock found the level
	GateWritten  = "written"   // it has a row
	GateReadBack = "read_back" // the row was compared before that run was committed
	GateUnedited = "unedited"  // nobody changed the row since
	GateCurrent  = "current"   // the shop still has the same
)

// The verdicts. Unknown means that there is nothing to compare, often because it is not kept any more.
const (
	Passed  Verdict = "passed"
	Stopped Verdict = "failed"
	Unknown Verdict = "unknown"
)
