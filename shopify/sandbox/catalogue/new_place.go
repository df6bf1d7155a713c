package catalogue

// AddLocation opens a location.
func (s *Shop) AddLocation(name string, address Address) *Location {
	now := s.Now()
	l := &Location{
		ID: s.NextID("Location"), Name: name, Active: true, ShipsInventory: true, Address: address,
		CreatedAt: now, UpdatedAt: now,
	}
	s.Locations = append(s.Locations, l)
	return l
}

// AddFulfillmentService opens a location that another company runs.
func (s *Shop) AddFulfillmentService(name, handle string) *Location {
	l := s.AddLocation(name, Address{})
	l.Service = &FulfillmentService{s.NextID("FulfillmentService"), name, handle, l}
	return l
}

// StockAt sets how much of an item is available at a location, and stocks the item there if it is not yet.
func (s *Shop) StockAt(i *Item, where *Location, quantity int) *Level {
	now := s.Now()
	l := i.levelAt(where)
	if l == nil {
		l = &Level{ID: s.NextID("InventoryLevel"), Item: i, Location: where, Active: true, CreatedAt: now}
		i.Levels = append(i.Levels, l)
		where.Levels = append(where.Levels, l)
	}
	l.SetNumber(Available, quantity)
	l.UpdatedAt = now
	return l
}

// AddCollection adds an empty collection.
func (s *Shop) AddCollection(handle, title, sortOrder string) *Collection {
	c := &Collection{
		ID: s.NextID("Collection"), Handle: handle, Title: title, SortOrder: sortOrder,
		SourceID: s.NextID("CollectionSource"), UpdatedAt: s.Now(),
	}
	s.Collections = append(s.Collections, c)
	return c
}

// AddCondition lets a collection find products by one of their properties.
func (s *Shop) AddCondition(c *Collection, typeName, relation string, values ...string) {
	c.Conditions = append(c.Conditions, Condition{s.NextID("CollectionSourceCondition"), typeName, relation, values})
}
