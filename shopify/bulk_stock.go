package shopify

import "github.com/eshopos/eshopctl/shopify/bulk"

// levelLine is a level of the inventory item that it names as its parent, or
// such an item. Levels are told apart by item and location; their own ids would
// be a third of the file.
type levelLine struct {
	ID       string
	ParentID parentID `json:"__parentId"`
	levelNode
}

// levelLines gives levels.
type levelLines struct {
	giver
	levels decoder[levelLine]
}

func newLevelLines(give giver) *levelLines {
	return &levelLines{giver: give, levels: decoder[levelLine]{read: readLevel, clear: func(l *levelLine) {
		*l = levelLine{levelNode: levelNode{Quantities: l.Quantities[:0]}}
	}}}
}

func (s *levelLines) take(l bulk.Line) error {
	node, err := s.levels.node(l.Text)
	if err != nil {
		return err
	}
	if !node.ParentID.there {
		return s.item(node.ID, place{bulkInventory, l.Number})
	}
	if err := s.levels.whole(); err != nil {
		return err
	}
	return s.level(&node.levelNode, node.ParentID.id, place{bulkInventory, l.Number})
}

func readLevel(c *cursor, l *levelLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&l.ID)
		case "__parentId":
			readParent(c, &l.ParentID)
		case "isActive":
			c.must(&seen, 0)
			c.flag(&l.IsActive)
		case "location":
			c.must(&seen, 1)
			c.field("id", &l.Location.ID)
		case "quantities":
			c.must(&seen, 2)
			c.array(func() { l.Quantities = append(l.Quantities, readQuantity(c)) })
		default:
			c.skip()
		}
	})
	c.all(seen, 3)
}

func readQuantity(c *cursor) (q quantityNode) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "name":
			c.must(&seen, 0)
			c.string(&q.Name)
		case "quantity":
			c.must(&seen, 1)
			c.whole(&q.Quantity)
		default:
			c.skip()
		}
	})
	c.all(seen, 2)
	return q
}
