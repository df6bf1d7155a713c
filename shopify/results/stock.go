package results

import (
	"github.com/eshopos/eshopctl/shopify/bulk"
	"github.com/eshopos/eshopctl/shopify/decode"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/records"
)

// levelLine is a level of the inventory item that it names as its parent, or
// such an item. Levels are told apart by item and location; their own ids would
// be a third of the file.
type levelLine struct {
	ID       string
	ParentID parentID `json:"__parentId"`
	records.Level
}

// levelLines gives levels.
type levelLines struct {
	records.Giver
	levels decode.Decoder[levelLine]
}

func newLevelLines(give records.Giver) *levelLines {
	return &levelLines{Giver: give, levels: decode.Decoder[levelLine]{Read: readLevel, Clear: func(l *levelLine) {
		*l = levelLine{Level: records.Level{Quantities: l.Quantities[:0]}}
	}}}
}

func (s *levelLines) take(l bulk.Line) error {
	node, err := s.levels.Node(l.Text)
	if err != nil {
		return err
	}
	if !node.ParentID.there {
		return s.Item(node.ID, records.InLine(queries.BulkInventory, l.Number))
	}
	if err := s.levels.Whole(); err != nil {
		return err
	}
	return s.Level(&node.Level, node.ParentID.id, records.InLine(queries.BulkInventory, l.Number))
}

func readLevel(c *decode.Cursor, l *levelLine) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "id":
			c.Text(&l.ID)
		case "__parentId":
			readParent(c, &l.ParentID)
		case "isActive":
			c.Must(&seen, 0)
			c.Flag(&l.IsActive)
		case "location":
			c.Must(&seen, 1)
			c.Field("id", &l.Location.ID)
		case "quantities":
			c.Must(&seen, 2)
			c.Array(func() { l.Quantities = append(l.Quantities, readQuantity(c)) })
		default:
			c.Skip()
		}
	})
	c.All(seen, 3)
}

func readQuantity(c *decode.Cursor) (q records.Quantity) {
	var seen decode.Fields
	c.Object(func(name string) {
		switch name {
		case "name":
			c.Must(&seen, 0)
			c.Text(&q.Name)
		case "quantity":
			c.Must(&seen, 1)
			c.Whole(&q.Quantity)
		default:
			c.Skip()
		}
	})
	c.All(seen, 2)
	return q
}
