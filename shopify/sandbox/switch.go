package sandbox

// Switch is something out of the ordinary that a shop can be made to do, before
// it is served or while it is. Each stands in the file of what it is about.
type Switch struct {
	Name  string // as it is typed
	Value string // what to write behind NAME=, "" when nothing
	What  string // what the shop does then, for people

	flip func(s *Server, shop *Shop, value string) error
}

// Typed is how the switch is typed.
func (w Switch) Typed() string {
	if w.Value == "" {
		return w.Name
	}
	return w.Name + "=" + w.Value
}
