package view

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
)

// Warehouse is a warehouse with its mapping and what it holds.
type Warehouse struct {
	ID           string  `json:"id"`
	Name         string  `json:"name"`
	Active       bool    `json:"active"`
	Linked       bool    `json:"linked"`
	ExternalID   *string `json:"external_id"` // the location it stands for
	MissingSince *string `json:"missing_since"`
	Levels       int     `json:"levels"`
	Units        int     `json:"units"`   // available, of tracked levels
	Unknown      int     `json:"unknown"` // tracked levels of which it is not known how much is available
}

// StockLeft is the stock of locations for which no warehouse stands.
type StockLeft struct {
	Locations     []string
	Levels, Units int
	Unknown       int
}

// Warehouses are the warehouses of a store with their mapping.
type Warehouses struct {
	List []Warehouse
	Left StockLeft
}

func (w Warehouses) document() document {
	return listDocument("warehouses", plain.Each(w.List), func(w Warehouse) any { return w })
}

// text prints warehouses, and what stock is left over.
func (w Warehouses) text(v View) error {
	warehouses, left := w.List, w.Left
	if len(warehouses) == 0 && left.Levels == 0 {
		return v.say("no warehouses")
	}
	columns := []plain.Column{plain.Whole("id"), plain.Text("name"), plain.SparedLast(plain.Whole("active")), plain.SparedLast(plain.Beside("stands for")), plain.SparedLast(plain.Number("levels")), plain.Number("units")}
	rows := make([][]string, len(warehouses))
	levels, units, unknown := 0, 0, 0
	for i, w := range warehouses {
		rows[i] = []string{w.ID, w.Name, plain.YesNo(w.Active), w.standsFor(), plain.Count(w.Levels), words.AvailableUnits(w.Units, w.Unknown)}
		levels += w.Levels
		units += w.Units
		unknown += w.Unknown
	}
	if err := plain.Table(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	if err := v.say("%s, %s, %s available%s", plain.Counted(len(warehouses), "warehouse"), plain.Counted(levels, "stock level"), plain.Counted(units, "unit"), andUnknown(unknown)); err != nil || left.Levels == 0 {
		return err
	}
	return v.say("%s more, %s available%s, of %s without a warehouse", plain.Counted(left.Levels, "stock level"), plain.Counted(left.Units, "unit"), andUnknown(left.Unknown), plain.Counted(len(left.Locations), "location"))
}

// andUnknown goes on behind units with the levels of which the number is not known.
func andUnknown(levels int) string {
	if levels == 0 {
		return ""
	}
	return ", " + plain.Counted(levels, "number") + " not known"
}

// WarehouseDetail is one warehouse with all that there is to say about it.
type WarehouseDetail struct {
	Warehouse
	Untracked int                `json:"untracked"` // of its levels
	Address   json.RawMessage    `json:"address"`
	Next      []plain.Suggestion `json:"-"`
}

func (w WarehouseDetail) document() document {
	return oneDocument(map[string]any{"warehouse": w})
}

func (w WarehouseDetail) text(v View) error {
	p := v.page()
	p.line("warehouse %s  %s", w.ID, plain.Line(w.Name))
	p.line("")
	p.fact("stands for", plain.Line(w.standsFor()))
	p.fact("active", plain.YesNo(w.Active))
	stock := plain.Counted(w.Levels, "stock level") + ", " + plain.Counted(w.Units, "unit") + " available" + andUnknown(w.Unknown)
	if w.Untracked > 0 {
		stock += ", " + plain.Count(w.Untracked) + " not tracked"
	}
	p.fact("stock", stock)
	p.fact("address", plain.Line(inOneLine(w.Address)))
	p.suggest(w.Next)
	return p.flush()
}

// Merge is what becomes of two warehouses that are merged.
type Merge struct {
	From, Into            Warehouse // as they are now
	StandsFor, Name       string    // of the one that stays
	Levels, Units         int
	Dropped               string // a location that has no warehouse then
	LostLevels, LostUnits int    // its stock
}

// text prints what a merge would do.
func (m Merge) text(v View) error {
	p := v.page()
	p.text(0, plain.Line("Warehouse "+m.From.ID+" ("+m.From.Name+") would be merged into "+m.Into.ID+" ("+m.Into.Name+"). Warehouse "+m.Into.ID+" then has"))
	name := m.Name
	if m.Name != m.Into.Name {
		name += ", as in the shop"
	}
	p.fact("name", plain.Line(name))
	p.fact("stands for", plain.Line(cmp.Or(m.StandsFor, "no location")))
	p.fact("stock", plain.Counted(m.Levels, "stock level")+", "+plain.Counted(m.Units, "unit")+" available")
	p.fact("history", "what was told of both; plans made before are stale")
	p.text(0, "and these go")
	p.fact("warehouse", m.From.ID)
	if m.Dropped != "" {
		p.fact("location", plain.Line(m.Dropped)+", which the shop no longer has")
		p.fact("its stock", plain.Counted(m.LostLevels, "stock level")+", "+plain.Counted(m.LostUnits, "unit")+" available")
	}
	return p.flush()
}

// inOneLine is an address as people write it, whatever parts it has.
func inOneLine(address json.RawMessage) string {
	var parts map[string]any
	if json.Unmarshal(address, &parts) != nil {
		return ""
	}
	var lines []string
	for _, part := range []string{"address1", "address2", "zip", "city", "province", "country", "phone"} {
		if text, is := parts[part].(string); is && text != "" {
			lines = append(lines, text)
		}
	}
	return strings.Join(lines, ", ")
}

func (w Warehouse) standsFor() string {
	text := "no location"
	if w.Linked && w.ExternalID != nil {
		text = *w.ExternalID
	}
	if w.MissingSince != nil {
		text += " (missing)"
	}
	return text
}
