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
	levels decoder[levelLine]
}

func newLevelLines(intake importer.Intake) *levelLines {
	return &levelLines{intake, decoder[levelLine]{read: (*cursor).levelLine, clear: func(l *levelLine) {
		*l = levelLine{levelNode: levelNode{Quantities: l.Quantities[:0]}}
	}}}
}

func (l *levelLines) take(line []byte, _ int) (mark, error) {
	level, err := l.levels.node(line)
	if err != nil {
		return mark{}, garbled(err)
	}
	if level.ParentID == "" {
		return top(itemIDs, level.ID)
	}
	which, err := below(itemIDs, level.ParentID, level.Location.ID)
	if err == nil {
		_, err = top(locationIDs, level.Location.ID)
	}
	if err == nil {
		err = l.intake.Level(level.level(level.ParentID))
	}
	return which, err
}

func (c *cursor) levelLine(l *levelLine) {
	c.object(func(name string) {
		switch name {
		case "id":
			c.string(&l.ID)
		case "__parentId":
			c.string(&l.ParentID)
		case "isActive":
			c.flag(&l.IsActive)
		case "location":
			c.field("id", &l.Location.ID)
		case "quantities":
			c.array(func() { l.Quantities = append(l.Quantities, c.quantity()) })
		default:
			c.skip()
		}
	})
}

func (c *cursor) quantity() (q quantityNode) {
	c.object(func(name string) {
		switch name {
		case "name":
			c.string(&q.Name)
		case "quantity":
			c.whole(&q.Quantity)
		default:
			c.skip()
		}
	})
	return q
}
