package shopify

import (
	"github.com/eshopos/eshopctl/importer"
)

// levelLine is a level of the inventory item that it names as its parent, or
// such an item. Levels are told apart by item and location; their own ids would
// be a third of the file.
type levelLine struct {
	ID       string
	ParentID string `json:"__parentId"`
	levelNode
}

// levelLines gives levels.
type levelLines struct {
	intake importer.Intake
	known  *importer.Recall
	levels decoder[levelLine]
}

func newLevelLines(intake importer.Intake) *levelLines {
	return &levelLines{intake: intake, levels: decoder[levelLine]{read: (*cursor).levelLine, clear: func(l *levelLine) {
		*l = levelLine{levelNode: levelNode{Quantities: l.Quantities[:0]}}
	}}}
}

func (l *levelLines) begin() { l.known = l.intake.Recall(importer.Stock) }

func (l *levelLines) marks(child bool) *importer.Recall { return ofChildren(l.known, child) }

func (l *levelLines) take(one line) (mark, error) {
	if known := l.marks(one.child).Recognise(one.mark, one.number); known != nil {
		return markOf(known), nil
	}
	node, err := l.levels.node(one.text)
	if err != nil {
		return mark{}, garbled(err)
	}
	if node.ParentID == "" {
		return top(itemIDs, node.ID)
	}
	which, err := below(itemIDs, node.ParentID, node.Location.ID)
	if err == nil {
		err = fits(locationIDs, node.Location.ID)
	}
	if err == nil {
		err = l.levels.whole()
	}
	if err != nil {
		return which, err
	}
	level, err := node.level(node.ParentID)
	if err != nil {
		return which, garbled(err)
	}
	level.Mark = one.mark
	return which, l.intake.Level(level)
}

func (c *cursor) levelLine(l *levelLine) {
	var seen fields
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&l.ID)
		case "__parentId":
			c.string(&l.ParentID)
		case "isActive":
			c.must(&seen, 0)
			c.flag(&l.IsActive)
		case "location":
			c.must(&seen, 1)
			c.field("id", &l.Location.ID)
		case "quantities":
			c.must(&seen, 2)
			c.array(func() { l.Quantities = append(l.Quantities, c.quantity()) })
		default:
			c.skip()
		}
	})
	c.all(seen, 3)
}

func (c *cursor) quantity() (q quantityNode) {
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
