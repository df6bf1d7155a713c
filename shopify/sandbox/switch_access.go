package sandbox

import (
	"slices"

	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
)

// accessSwitches are about what the shop lets the app do, and where it answers.
func accessSwitches() []Switch {
	return []Switch{
		{"take-scope", "SCOPE", "the shop takes a scope away from the installed app", func(s *Server, shop *Shop, scope string) error {
			shop.Account.ChangeGrant(func(g *oauth.Grant) {
				g.Scopes = slices.DeleteFunc(slices.Clone(g.Scopes), func(granted string) bool { return granted == scope })
			})
			return nil
		}},
		{"give-scope", "SCOPE", "the shop gives it back", func(s *Server, shop *Shop, scope string) error {
			shop.Account.ChangeGrant(func(g *oauth.Grant) {
				if !slices.Contains(g.Scopes, scope) {
					g.Scopes = append(slices.Clone(g.Scopes), scope)
				}
			})
			return nil
		}},
		{"deny-field", "FIELD", "the shop refuses a field such as inventoryLevels, whatever the scopes", func(s *Server, shop *Shop, field string) error {
			shop.Account.ChangeGrant(func(g *oauth.Grant) { g.Refused = append(slices.Clone(g.Refused), field) })
			return nil
		}},
		{"allow-field", "FIELD", "it no longer refuses it", func(s *Server, shop *Shop, field string) error {
			shop.Account.ChangeGrant(func(g *oauth.Grant) {
				g.Refused = slices.DeleteFunc(slices.Clone(g.Refused), func(refused string) bool { return refused == field })
			})
			return nil
		}},
		{"rename", "DOMAIN", "the shop gets another myshopify.com domain, and its old one redirects", func(s *Server, shop *Shop, domain string) error {
			old := shop.Domain()
			if err := s.directory.renameShop(shop, domain); err != nil {
				return err
			}
			s.directory.sendOn(old, domain)
			return nil
		}},
		{"second-name", "DOMAIN", "the shop gets another myshopify.com domain, and answers at its old one too", func(s *Server, shop *Shop, domain string) error {
			return s.directory.renameShop(shop, domain)
		}},
		{"send-on", "HOST", "requests for the shop are sent on to a host that is no shop's", func(s *Server, shop *Shop, host string) error {
			s.directory.sendOn(shop.Domain(), host)
			return nil
		}},
		{"gone", "", "the shop's domain is unknown to Shopify", func(s *Server, shop *Shop, _ string) error {
			shop.Close(true)
			return nil
		}},
		{"back", "", "it is known again", func(s *Server, shop *Shop, _ string) error {
			shop.Close(false)
			return nil
		}},
	}
}
