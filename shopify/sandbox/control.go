package sandbox

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/platform"
)

// AutoApprove makes the merchant approve every authorization without being asked.
func (s *Shop) AutoApprove(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.AutoApprove = on })
}

// SameOrganisation says whether the shop belongs to the app's own organisation, which is what the client
// credentials grant asks for.
func (s *Shop) SameOrganisation(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.SameOrganisation = on })
}

// Close makes the platform answer 404, as for a shop that is gone.
func (s *Shop) Close(on bool) { s.Front.SetState(platform.Closed, on) }

// Say makes the shop say some JSON in place of a field, whatever the schema has there: Say("Product/enamel-mug.title", "null").
// Without a field it is said in place of the object.
func (s *Shop) Say(field, text string) error { return s.odd.SayInstead(s.Records, field, text) }

// Miscount makes the shop tell a count that is off by so many, for good: Miscount("Collection/gifts.productsCount", 1).
func (s *Shop) Miscount(field string, by int) error { return s.odd.CountOff(s.Records, field, by) }
