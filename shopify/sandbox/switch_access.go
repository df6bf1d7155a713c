package sandbox

import "slices"

// accessSwitches are about what the shop lets the app do, and where it answers.
func accessSwitches() []Switch {
	return []Switch{
		{"take-scope", "SCOPE", "the shop takes a scope away from the installed app", func(s *Server, shop *Shop, scope string) error {
			shop.change(func(a *account) {
				a.scopes = slices.DeleteFunc(slices.Clone(a.scopes), func(granted string) bool { return granted == scope })
			})
			return nil
		}},
		{"give-scope", "SCOPE", "the shop gives it back", func(s *Server, shop *Shop, scope string) error {
			shop.change(func(a *account) {
				if !slices.Contains(a.scopes, scope) {
					a.scopes = append(slices.Clone(a.scopes), scope)
				}
			})
			return nil
		}},
		{"deny-field", "FIELD", "the shop refuses a field such as inventoryLevels, whatever the scopes", func(s *Server, shop *Shop, field string) error {
			shop.change(func(a *account) { a.refused = append(slices.Clone(a.refused), field) })
			return nil
		}},
		{"allow-field", "FIELD", "it no longer refuses it", func(s *Server, shop *Shop, field string) error {
			shop.change(func(a *account) {
				a.refused = slices.DeleteFunc(slices.Clone(a.refused), func(refused string) bool { return refused == field })
			})
			return nil
		}},
	}
}
