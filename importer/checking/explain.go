package checking

import (
	"fmt"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
)

// Explain checks the gates of one variant and of its levels.
func (e *VariantEvidence) Explain() Explanation {
	explained := Explanation{SKU: e.Asked, Locations: []LocationExplanation{}, NotRead: e.NotRead}
	if e.Row != nil {
		explained.VariantID, explained.ProductID = e.Row[0].Text(), e.Row[importer.VariantProduct].Text()
		explained.Title, explained.SKU = e.Row[importer.VariantTitle].Text(), e.Row[importer.VariantSKU].Text()
	}
	if s := e.Seen; s != nil {
		explained.VariantID, explained.Title, explained.SKU = s.ID, s.Title, importer.OptionalString(s.SKU).Text()
		explained.ProductID, explained.Product = s.ProductID, s.Product
	}
	explained.Gates = e.variantGates()
	explained.FirstFailing = firstFailing(explained.Gates)
	for _, level := range e.Levels {
		location := level.explainLevel(e)
		explained.Locations = append(explained.Locations, location)
		if explained.FirstFailing == "" {
			explained.FirstFailing = location.FirstFailing
		}
	}
	return explained
}

// variantGates returns the gates of the variant itself, up to the first that stops it for
// good.
func (e *VariantEvidence) variantGates() []Gate {
	if e.Seen == nil {
		return []Gate{e.absentGate()}
	}
	gates := []Gate{e.checkExists()}
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
		return append(gates, Gate{GateStocked, Passed, fmt.Sprintf("at %s", locationWords(n)), nil})
	}
	return append(gates, Gate{GateStocked, Stopped, "the shop stocks it at no location",
		connector.Advice("stock it at a location in the shop")})
}

func locationWords(n int) string {
	if n == 1 {
		return "1 location"
	}
	return fmt.Sprintf("%d locations", n)
}

func (e *VariantEvidence) checkExists() Gate {
	s := e.Seen
	if s.Unfit != "" {
		return Gate{GateExists, Stopped, "the shop has it, but not as it can be imported: " + s.Unfit, importer.CorrectInShop()}
	}
	if sku := importer.OptionalString(s.SKU).Text(); e.Asked != s.ID && !importer.SameSKU(sku, e.Asked) {
		return Gate{GateExists, Stopped, fmt.Sprintf("the variant that has this SKU here has %q in the shop now", sku),
			importer.KindImport.Command(e.Store).Next()}
	}
	return Gate{GateExists, Passed, fmt.Sprintf("a variant of the product %q, which is %s", s.Product, s.Status), nil}
}

func (e *VariantEvidence) absentGate() Gate {
	if e.Row != nil {
		return Gate{GateExists, Stopped, "the shop no longer has this variant; it was imported earlier",
			importer.KindImport.Command(e.Store).Next()}
	}
	return Gate{GateExists, Stopped, fmt.Sprintf("no variant of the shop has the SKU %q, nor has one here", e.Asked),
		connector.Typed("catalog variants").For(e.Store).With("--search", shortWord(e.Asked)).After("look for it with: ")}
}

// shortWord returns the beginning of a text that can be typed into a shell without quotes.
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
