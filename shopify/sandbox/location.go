package sandbox

type location struct {
	id                   int64
	name                 string
	active               bool
	unlisted, lost       bool // not in the list; not by its id either
	deactivatedAt        *moment
	service              *fulfillmentService
	shipsInventory       bool
	address              Address
	createdAt, updatedAt moment
	levels               []*level
}

// Address is where a location is; any part may be missing.
type Address struct {
	Address1, Address2, City, Province, ProvinceCode, Zip, Country, CountryCode, Phone *string

	Latitude, Longitude *float64
}

// fulfillmentService is the company that runs a location for the merchant.
type fulfillmentService struct {
	id           int64
	name, handle string
	location     *location
}

func (l *location) number() int64 { return l.id }
func (l *location) gid() string   { return formatGID("Location", l.id) }

func (l *location) hasActiveInventory() bool {
	for _, level := range l.levels {
		if level.active && level.numbers[onHand] != 0 {
			return true
		}
	}
	return false
}

func (s *Shop) addLocation(name string, address Address) *location {
	now := s.now()
	l := &location{
		id: s.nextID("Location"), name: name, active: true, shipsInventory: true, address: address,
		createdAt: now, updatedAt: now,
	}
	s.locations = append(s.locations, l)
	return l
}

func (s *Shop) addFulfillmentService(name, handle string) *location {
	l := s.addLocation(name, Address{})
	l.service = &fulfillmentService{s.nextID("FulfillmentService"), name, handle, l}
	return l
}

func byLocationID(l *location) sortKey   { return sortKey{ID: l.id} }
func byLocationName(l *location) sortKey { return sortKey{l.id, l.name} }
