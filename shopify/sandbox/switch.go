package sandbox

// Switch makes a shop do something out of the ordinary, before it is served or while it is. The switches stand in
// switch_*.go, by what they are about.
type Switch struct {
	Name  string // as it is typed
	Value string // what to write behind NAME=, "" when nothing
	What  string // what the shop does then, for people

	flip func(s *Server, shop *Shop, value string) error
}

// Typed returns the switch as people type it.
func (w Switch) Typed() string {
	if w.Value == "" {
		return w.Name
	}
	return w.Name + "=" + w.Value
}
