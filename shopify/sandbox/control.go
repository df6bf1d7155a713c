package sandbox

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/platform"
)

// Bulk changes how the shop deals with bulk operations from now on.
func (s *Shop) Bulk(settings bulk.Settings) {
	s.bulk.ChangeSettings(func(b *bulk.Settings) { *b = settings })
}

// AutoApprove makes the merchant approve every authorization without being asked.
func (s *Shop) AutoApprove(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.AutoApprove = on })
}

// SameOrganisation says whether the shop belongs to the app's own organisation, which is what the client
// credentials grant asks for.
func (s *Shop) SameOrganisation(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.SameOrganisation = on })
}

// OnlyExpiring says whether the Admin API refuses tokens without end, as it does to public apps
// (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-public-apps-april-1-2026).
func (s *Shop) OnlyExpiring(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.OnlyExpiring = on })
}

// Freeze makes the platform answer 402, as for a shop that did not pay.
func (s *Shop) Freeze(on bool) { s.front.SetState(platform.Frozen, on) }

// Lock makes the platform answer 423.
func (s *Shop) Lock(on bool) { s.front.SetState(platform.Locked, on) }

// Close makes the platform answer 404, as for a shop that is gone.
func (s *Shop) Close(on bool) { s.front.SetState(platform.Closed, on) }

// Forbid makes the platform answer 403, as for an address that is not on the app's list.
func (s *Shop) Forbid(on bool) { s.front.SetState(platform.Forbidden, on) }

// Say makes the shop say some JSON in place of a field, whatever the schema has there: Say("Product/enamel-mug.title", "null").
// Without a field it is said in place of the object.
func (s *Shop) Say(field, text string) error { return s.odd.SayInstead(s.records, field, text) }

// Miscount makes the shop tell a count that is off by so many, for good: Miscount("Collection/gifts.productsCount", 1).
func (s *Shop) Miscount(field string, by int) error { return s.odd.CountOff(s.records, field, by) }
