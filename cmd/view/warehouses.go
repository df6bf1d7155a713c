package view

// Warehouse is a warehouse with its mapping and what it holds.
type Warehouse struct {
	ID           string  `json:"id"`
	Name         string  `json:"name"`
	Active       bool    `json:"active"`
	Linked       bool    `json:"linked"`
	ExternalID   *string `json:"external_id"` // the location it stands for
	MissingSince *string `json:"missing_since"`
	Levels       int     `json:"levels"`
	Units        int     `json:"units"` // available, of tracked levels
}

// Warehouses prints warehouses with their mapping.
func (v View) Warehouses(warehouses []Warehouse) error {
	if len(warehouses) == 0 {
		return v.say("no warehouses")
	}
	columns := []Column{Whole("id"), Text("name"), SparedLast(Whole("active")), SparedLast(Beside("stands for")), SparedLast(Number("levels")), Number("units")}
	rows := make([][]string, len(warehouses))
	levels, units := 0, 0
	for i, w := range warehouses {
		rows[i] = []string{w.ID, w.Name, yesNo(w.Active), w.standsFor(), Count(w.Levels), Count(w.Units)}
		levels += w.Levels
		units += w.Units
	}
	if err := Table(v.Out, v.Width, columns, rows); err != nil {
		return err
	}
	return v.say("%s, %s, %s available", Counted(len(warehouses), "warehouse"), Counted(levels, "stock level"), Counted(units, "unit"))
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

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}
