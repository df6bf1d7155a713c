package house

// Stove is what the kitchen is for.
type Stove struct{ Lit bool }

// Burns reports whether it is lit.
func (s *Stove) Burns() bool {
	s.lightUp()
	return s.Lit
}

// CookSoup uses no other room.
func CookSoup() string { return "soup" }
