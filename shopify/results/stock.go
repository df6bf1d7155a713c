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

func (s *levelLines) giveLine(l bulk.Line) error {
	node, err := s.levels.ReadNode(l.Text)
	if err != nil {
		return err
	}
	if !node.ParentID.there {
		return s.GiveItem(node.ID, records.InLine(queries.BulkInventory, l.Number))
	}
	if err := s.levels.CheckWhole(); err != nil {
		return err
	}
	return s.GiveLevel(&node.Level, node.ParentID.id, records.InLine(queries.BulkInventory, l.Number))
}

func readLevel(c *decode.Cursor, l *levelLine) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "id":
			c.ReadString(&l.ID)
		case "__parentId":
			readParent(c, &l.ParentID)
		case "isActive":
			c.NeedField(&seen, 0)
			c.ReadBool(&l.IsActive)
		case "location":
			c.NeedField(&seen, 1)
			c.ReadField("id", &l.Location.ID)
		case "quantities":
			c.NeedField(&seen, 2)
			c.ReadArray(func() { l.Quantities = append(l.Quantities, readQuantity(c)) })
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 3)
}

func readQuantity(c *decode.Cursor) (q records.Quantity) {
	var seen decode.Fields
	c.ReadObject(func(name string) {
		switch name {
		case "name":
			c.NeedField(&seen, 0)
			c.ReadString(&q.Name)
		case "quantity":
			c.NeedField(&seen, 1)
			c.ReadInt64(&q.Quantity)
		default:
			c.SkipValue()
		}
	})
	c.NeedAll(seen, 2)
	return q
}
