package view

import (
	"cmp"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// Cards are the connectors of all stores.
type Cards struct {
	List    []Card
	Connect connector.Command // the command for the first connection, shown while there is no store
}

func (c Cards) forPrograms() document {
	return listDocument("connectors", plain.EachOf(c.List), func(c Card) any { return c })
}

// forPeople prints the cards below each other, and for several a table of all lights at the
// end.
func (c Cards) forPeople(v View) error {
	if len(c.List) == 0 {
		return v.sayLine("Nothing connected yet.\n  next: %s", plain.CommandLine(c.Connect))
	}
	for i, card := range c.List {
		if i > 0 && !v.Quiet {
			if err := v.sayLine(""); err != nil {
				return err
			}
		}
		if err := card.forPeople(v); err != nil {
			return err
		}
	}
	if len(c.List) == 1 || v.Quiet {
		return nil
	}
	p := v.newSheet()
	p.addLine("")
	addLights(p, c.List)
	return p.flush()
}

// CheckLines print a line for each store: which light is not green, and why. With --quiet
// stores that are well are left out.
type CheckLines Cards

func (c CheckLines) forPeople(v View) error {
	if len(c.List) == 0 {
		return v.sayLine("nothing connected yet; next: %s", plain.CommandLine(c.Connect))
	}
	for _, card := range c.List {
		if v.Quiet && card.Lights.AllGreen() {
			continue
		}
		if err := v.sayLine("%s", card.checkLine(v)); err != nil {
			return err
		}
	}
	return nil
}

// addLights adds a table of stores and their lights.
func addLights(p *sheet, cards []Card) {
	columns := []plain.Column{
		plain.Whole("store"), plain.Text("shop"), plain.Whole("state"),
		plain.Whole("connection"), plain.Whole("last run"), plain.Whole("data age"), plain.Number("warnings"),
	}
	var rows [][]string
	for _, c := range cards {
		warnings := ""
		if c.LastRun != nil {
			warnings = plain.Count(c.LastRun.Warnings)
		}
		rows = append(rows, []string{
			c.Store, cmp.Or(c.ExternalDomain, "none"), string(c.State),
			string(c.Lights.Connection), string(c.Lights.LastRun), string(c.Lights.DataAge), warnings,
		})
	}
	p.addTable(columns, rows)
}
