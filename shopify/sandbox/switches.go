package sandbox

import (
	"fmt"
	"slices"
	"strings"
)

// Switches lists all switches by name.
func Switches() []Switch {
	all := slices.Concat(accessSwitches(), proxySwitches(), catalogueSwitches(), saidSwitches(), bulkSwitches(), waitSwitches())
	slices.SortFunc(all, func(a, b Switch) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Flip sets a switch of the shop at domain: NAME or NAME=VALUE.
func (s *Server) Flip(domain, typed string) error {
	shop := s.Shop(domain)
	if shop == nil {
		return fmt.Errorf("no shop is served at %s", domain)
	}
	name, value, given := strings.Cut(typed, "=")
	for _, w := range Switches() {
		switch {
		case w.Name != name:
			continue
		case given != (w.Value != ""):
			return fmt.Errorf("type it as %s", w.Typed())
		}
		return w.flip(s, shop, value)
	}
	return fmt.Errorf("there is no switch %q: eshopctl sandbox --help lists them", name)
}
