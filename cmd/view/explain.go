package view

import (
	"cmp"
	"fmt"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/importer/checking"
)

// gateWords name the question of each gate.
var gateWords = map[string]string{
	checking.GateExists:   "exists in the shop",
	checking.GateTracked:  "tracked",
	checking.GateStocked:  "stocked",
	checking.GateMapped:   "location mapped",
	checking.GateRead:     "read",
	checking.GateWritten:  "written",
	checking.GateReadBack: "read back",
	checking.GateUnedited: "not edited since",
	checking.GateCurrent:  "the same now",
}

// Explanations are the way of a SKU's stock, gate by gate.
type Explanations struct {
	SKU      string                 `json:"sku"`
	Store    string                 `json:"store"`
	Variants []checking.Explanation `json:"variants"`
}

func (e Explanations) forPrograms() document {
	e.Variants = toldExplanations(e.Variants)
	return oneDocument(e)
}

// forPeople prints the gates. The first that stopped the stock is marked.
func (e Explanations) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("stock of %s in store %s", plain.Line(e.SKU), plain.Line(e.Store))
	for _, variant := range e.Variants {
		addExplanation(p, variant)
	}
	p.addLine("")
	p.addLine("%s", conclusion(e.Variants))
	return p.flush()
}

func addExplanation(p *sheet, e checking.Explanation) {
	p.addLine("")
	if e.VariantID != "" {
		p.addLine("%s  %s", plain.Line(cmp.Or(e.SKU, "(no SKU)")), plain.Line(e.VariantID))
		p.addLine("  %s", plain.Line(cmp.Or(e.Product, e.ProductID)+" / "+e.Title))
	}
	for _, n := range e.NotRead {
		p.addLine("  not read by the last import: %s: %s", words.UnreadName(n), plain.Line(n.Detail))
	}
	addGates(p, "  ", e.Gates, e.FirstFailing)
	marked := firstStopped(e.Gates)
	for _, l := range e.Locations {
		p.addLine("")
		p.addLine("  %s  %s", plain.Line(cmp.Or(l.Name, "(unknown location)")), plain.Line(l.LocationID))
		first := ""
		if !marked {
			first = l.FirstFailing
		}
		addGates(p, "    ", l.Gates, first)
	}
}

func firstStopped(gates []checking.Gate) bool {
	for _, g := range gates {
		if g.Verdict == checking.Stopped {
			return true
		}
	}
	return false
}

const (
	gateIndent  = 10 // of the gate's name, behind mark and result
	gateColumns = 20
)

// addGates adds a line for each gate, an arrow before the first that stopped it.
func addGates(p *sheet, indent string, gates []checking.Gate, first string) {
	for _, g := range gates {
		mark, marked := "  ", g.Name == first && g.Verdict == checking.Stopped
		if marked {
			mark = p.paint(red, "->")
		}
		head := fmt.Sprintf("%s%s %s  %-*s", indent[2:], mark, paintedResult(p.View, health.Result(g.Verdict)), gateColumns,
			gateWords[g.Name])
		below := len(indent) + gateIndent + gateColumns
		for i, line := range p.wrapText(plain.Line(g.Text), below) {
			if i > 0 {
				head = fmt.Sprintf("%*s", below, "")
			}
			p.addLine("%s%s", head, line)
		}
		if marked && len(g.Next) > 0 {
			p.addHint(len(indent)+gateIndent, "next: "+plain.Line(plain.Steps(g.Next)))
		}
	}
}

// conclusion is a line that says where the stock stopped.
func conclusion(explained []checking.Explanation) string {
	stopped, levels, first := 0, 0, ""
	for _, e := range explained {
		levels += len(e.Locations)
		switch {
		case len(e.Gates) > 0 && firstStopped(e.Gates):
			stopped += max(1, len(e.Locations))
		default:
			for _, l := range e.Locations {
				if l.FirstFailing != "" {
					stopped++
				}
			}
		}
		first = cmp.Or(first, e.FirstFailing)
	}
	if stopped == 0 {
		return fmt.Sprintf("every gate was passed: shop and store have the same numbers at %s", plain.Counted(levels, "location"))
	}
	return fmt.Sprintf("%s of %s stopped, the first at: %s", plain.Count(stopped), plain.Counted(max(1, levels), "level"), gateWords[first])
}
