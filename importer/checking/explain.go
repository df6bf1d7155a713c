package checking

import (
	"fmt"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

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

// Verdict says whether a gate was passed.
type Verdict string

// The verdicts. Unknown means that what would tell is not kept any more.
const (
	Passed  Verdict = "passed"
	Stopped Verdict = "failed"
	Unknown Verdict = "unknown"
)

// Gate is one gate with what was found there.
type Gate struct {
	Name    string         `json:"gate"`
	Verdict Verdict        `json:"result"`
	Text    string         `json:"text"`
	Next    connector.Next `json:"hint"` // what to do, nothing unless it failed; a face writes it out
}

// Explanation follows the stock of one variant from the shop into the store.
type Explanation struct {
	VariantID    string                `json:"external_id"` // "" when there is no such variant
	Title        string                `json:"title"`
	SKU          string                `json:"sku"`
	ProductID    string                `json:"product_external_id"`
	Product      string                `json:"product_title"`
	Gates        []Gate                `json:"gates"`
	Locations    []LocationExplanation `json:"locations"`
	FirstFailing string                `json:"first_failing"`      // the gate's name, "" when all were passed
	NotRead      []importer.NotRead    `json:"not_read,omitempty"` // fields of variants and stock that the last import left out
}

// LocationExplanation follows one stock level.
type LocationExplanation struct {
	LocationID   string   `json:"external_id"`
	Name         string   `json:"name"`
	WarehouseID  string   `json:"warehouse_id"` // "" when none stands for it
	Shop         *Figures `json:"shop"`         // now; nil when it is not stocked there
	Stored       *Figures `json:"stored"`       // nil when there is no row
	Gates        []Gate   `json:"gates"`
	FirstFailing string   `json:"first_failing"`
}

// Figures are the numbers of a stock level; nil is not zero.
type Figures struct {
	Active    bool   `json:"active"`
	Available *int64 `json:"available"`
	OnHand    *int64 `json:"on_hand"`
	Committed *int64 `json:"committed"`
	Incoming  *int64 `json:"incoming"`
}

// VariantEvidence is all that is known about a variant and its stock.
type VariantEvidence struct {
	Store, Asked string
	Seen         *importer.Sighting // nil when the shop does not have it
	Row          importer.Record    // nil when the store does not have it
	Levels       []LevelEvidence
	NotRead      []importer.NotRead // fields of its tables that the last import left out
}

// Explain walks the gates of one variant.
func (e *VariantEvidence) Explain() Explanation {
	explained := Explanation{SKU: e.Asked, Locations: []LocationExplanation{}, NotRead: e.NotRead}
	if e.Row != nil {
		explained.VariantID, explained.ProductID = e.Row[0].Text(), e.Row[importer.VariantProduct].Text()
		explained.Title, explained.SKU = e.Row[importer.VariantTitle].Text(), e.Row[importer.VariantSKU].Text()
	}
	if s := e.Seen; s != nil {
		explained.VariantID, explained.Title, explained.SKU = s.ID, s.Title, importer.Optional(s.SKU).Text()
		explained.ProductID, explained.Product = s.ProductID, s.Product
	}
	explained.Gates = e.gates()
	explained.FirstFailing = firstFailing(explained.Gates)
	for _, level := range e.Levels {
		location := level.explain(e)
		explained.Locations = append(explained.Locations, location)
		if explained.FirstFailing == "" {
			explained.FirstFailing = location.FirstFailing
		}
	}
	return explained
}

// firstFailing names the first gate that stopped the level.
func firstFailing(gates []Gate) string {
	if i := slices.IndexFunc(gates, func(g Gate) bool { return g.Verdict == Stopped }); i >= 0 {
		return gates[i].Name
	}
	return ""
}

// gates are those of the variant, as far as it comes.
func (e *VariantEvidence) gates() []Gate {
	if e.Seen == nil {
		return []Gate{e.absent()}
	}
	gates := []Gate{e.exists()}
	if e.Seen.Unfit != "" {
		return gates
	}
	if e.Seen.Tracked {
		gates = append(gates, Gate{GateTracked, Passed, "the shop counts its stock", nil})
	} else {
		gates = append(gates, Gate{GateTracked, Stopped, "the shop does not count its stock, so its numbers mean nothing",
			connector.Advice("switch on the tracking of its quantity in the shop if it is to have stock")})
	}
	if n := len(e.Seen.Levels); n > 0 {
		return append(gates, Gate{GateStocked, Passed, fmt.Sprintf("at %s", locations(n)), nil})
	}
	return append(gates, Gate{GateStocked, Stopped, "the shop stocks it at no location", connector.Advice("stock it at a location in the shop")})
}

func locations(n int) string {
	if n == 1 {
		return "1 location"
	}
	return fmt.Sprintf("%d locations", n)
}

func (e *VariantEvidence) exists() Gate {
	s := e.Seen
	if s.Unfit != "" {
		return Gate{GateExists, Stopped, "the shop has it, but not as it can be imported: " + s.Unfit, importer.CorrectInShop()}
	}
	if sku := importer.Optional(s.SKU).Text(); e.Asked != s.ID && !importer.SameSKU(sku, e.Asked) {
		return Gate{GateExists, Stopped, fmt.Sprintf("the variant that has this SKU here has %q in the shop now", sku), importer.KindImport.Command(e.Store).Next()}
	}
	return Gate{GateExists, Passed, fmt.Sprintf("a variant of the product %q, which is %s", s.Product, s.Status), nil}
}

func (e *VariantEvidence) absent() Gate {
	if e.Row != nil {
		return Gate{GateExists, Stopped, "the shop no longer has this variant; it was imported earlier", importer.KindImport.Command(e.Store).Next()}
	}
	return Gate{GateExists, Stopped, fmt.Sprintf("no variant of the shop has the SKU %q, nor has one here", e.Asked),
		connector.Typed("catalog variants").For(e.Store).With("--search", shortWord(e.Asked)).After("look for it with: ")}
}

// shortWord is the beginning of a text that can be typed without quotes.
func shortWord(text string) string {
	word, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	plain := strings.IndexFunc(word, func(r rune) bool {
		return !strings.ContainsRune("-_.", r) && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if plain >= 0 {
		word = word[:plain]
	}
	if word == "" {
		return "TEXT"
	}
	return word
}
