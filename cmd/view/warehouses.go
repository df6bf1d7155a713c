package view

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/cmd/view/words"
	"github.com/eshopos/eshopctl/importer/job"
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
	Unknown      int     `json:"unknown"` // tracked levels without a number
}

// StockLeft is the stock of locations that no warehouse stands for.
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

func (w Warehouses) forPrograms() document {
	return listDocument("warehouses", plain.EachOf(w.List), func(w Warehouse) any { return w })
}

// forPeople prints the warehouses, and the stock of locations without one.
func (w Warehouses) forPeople(v View) error {
	warehouses, left := w.List, w.Left
	if len(warehouses) == 0 && left.Levels == 0 {
		return v.sayLine("no warehouses")
	}
	columns := []plain.Column{
		plain.Whole("id"), plain.Text("name"), plain.SparedLast(plain.Whole("active")), plain.SparedLast(plain.Beside("stands for")),
		plain.SparedLast(plain.Number("levels")), plain.Number("units"),
	}
	rows := make([][]string, len(warehouses))
	levels, units, unknown := 0, 0, 0
	for i, w := range warehouses {
		rows[i] = []string{w.ID, w.Name, plain.YesNo(w.Active), w.standsFor(), plain.Count(w.Levels),
			words.AvailableUnits(w.Units, w.Unknown)}
		levels += w.Levels
		units += w.Units
		unknown += w.Unknown
	}
	if err := plain.WriteTable(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	err := v.sayLine("%s, %s, %s available%s", plain.Counted(len(warehouses), "warehouse"), plain.Counted(levels, "stock level"),
		plain.Counted(units, "unit"), andUnknown(unknown))
	if err != nil || left.Levels == 0 {
		return err
	}
	return v.sayLine("%s more, %s available%s, of %s without a warehouse",
		plain.Counted(left.Levels, "stock level"), plain.Counted(left.Units, "unit"), andUnknown(left.Unknown),
		plain.Counted(len(left.Locations), "location"))
}

// andUnknown is the text behind units for levels without a number.
func andUnknown(levels int) string {
	if levels == 0 {
		return ""
	}
	return ", " + plain.Counted(levels, "number") + " not known"
}

// WarehouseDetail is one warehouse with all its details.
type WarehouseDetail struct {
	Warehouse
	Untracked int                `json:"untracked"` // of its levels
	Address   json.RawMessage    `json:"address"`
	Next      []plain.Suggestion `json:"-"`
}

func (w WarehouseDetail) forPrograms() document {
	return oneDocument(map[string]any{"warehouse": w})
}

func (w WarehouseDetail) forPeople(v View) error {
	p := v.newSheet()
	p.addLine("warehouse %s  %s", w.ID, plain.Line(w.Name))
	p.addLine("")
	p.addFact("stands for", plain.Line(w.standsFor()))
	p.addFact("active", plain.YesNo(w.Active))
	stock := plain.Counted(w.Levels, "stock level") + ", " + plain.Counted(w.Units, "unit") + " available" + andUnknown(w.Unknown)
	if w.Untracked > 0 {
		stock += ", " + plain.Count(w.Untracked) + " not tracked"
	}
	p.addFact("stock", stock)
	p.addFact("address", plain.Line(inOneLine(w.Address)))
	p.addSuggestions(w.Next)
	return p.flush()
}

// Merge is what a merge of two warehouses will do.
type Merge struct {
	From, Into            Warehouse // as they are now
	StandsFor, Name       string    // of the one that stays
	Levels, Units         int
	Dropped               string // a location that will have no warehouse
	LostLevels, LostUnits int    // its stock
}

// forPeople prints what a merge would do.
func (m Merge) forPeople(v View) error {
	p := v.newSheet()
	p.addText(0, plain.Line("Warehouse "+m.From.ID+" ("+m.From.Name+") would be merged into "+
		m.Into.ID+" ("+m.Into.Name+"). Warehouse "+m.Into.ID+" then has"))
	name := m.Name
	if m.Name != m.Into.Name {
		name += ", as in the shop"
	}
	p.addFact("name", plain.Line(name))
	p.addFact("stands for", plain.Line(cmp.Or(m.StandsFor, "no location")))
	p.addFact("stock", plain.Counted(m.Levels, "stock level")+", "+plain.Counted(m.Units, "unit")+" available")
	p.addFact("history", "what was told of both; plans made before are stale")
	p.addText(0, "and these go")
	p.addFact("warehouse", m.From.ID)
	if m.Dropped != "" {
		p.addFact("location", plain.Line(m.Dropped)+", which the shop no longer has")
		p.addFact("its stock", plain.Counted(m.LostLevels, "stock level")+", "+plain.Counted(m.LostUnits, "unit")+" available")
	}
	return p.flush()
}

// inOneLine is an address on one line, without the parts it lacks.
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

// WarehouseOf is a warehouse with its stock.
func WarehouseOf(w job.Warehouse, stock job.WarehouseStock) Warehouse {
	shown := Warehouse{ID: w.ID, Name: w.Name, Active: w.Active, Linked: w.ExternalID != ""}
	if shown.Linked {
		shown.ExternalID, shown.Levels, shown.Units, shown.Unknown = &w.ExternalID, stock.Levels, stock.Units, stock.Unknown
	}
	if w.MissingSince != "" {
		shown.MissingSince = &w.MissingSince
	}
	return shown
}

// MergeOf is the Merge of a plan.
func MergeOf(m job.MergePlan) Merge {
	shown := Merge{
		From: WarehouseOf(m.From, m.Lost), Into: WarehouseOf(m.Into, m.Stock), StandsFor: m.Location, Name: m.Into.Name,
		Levels: m.Stock.Levels, Units: m.Stock.Units,
		Dropped: m.Dropped, LostLevels: m.Lost.Levels, LostUnits: m.Lost.Units,
	}
	if m.Taken {
		shown.Name = m.From.Name
	}
	return shown
}
