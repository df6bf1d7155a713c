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

// Say replaces a field in answers by some JSON, even where the schema forbids it: Say("Product/enamel-mug.title", "null").
// Without a field it replaces the whole object.
func (s *Shop) Say(field, text string) error { return s.odd.SayInstead(s.Records, field, text) }

// Miscount adds a number to a count in all later answers: Miscount("Collection/gifts.productsCount", 1).
func (s *Shop) Miscount(field string, by int) error { return s.odd.CountOff(s.Records, field, by) }
