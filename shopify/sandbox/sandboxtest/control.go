package sandboxtest

import (
	"github.com/eshopos/eshopctl/shopify/sandbox/bulk"
	"github.com/eshopos/eshopctl/shopify/sandbox/oauth"
	"github.com/eshopos/eshopctl/shopify/sandbox/platform"
)

// What tests do to the dealings between a shop and the app.

// Bulk changes how the shop deals with bulk operations from now on.
func (s *Shop) Bulk(settings BulkSettings) {
	s.Desk.ChangeSettings(func(b *bulk.Settings) { *b = settings })
}

// OnlyExpiring says whether the Admin API refuses tokens without end, as it does to public apps
// (https://shopify.dev/changelog/expiring-offline-access-tokens-required-for-public-apps-april-1-2026).
func (s *Shop) OnlyExpiring(on bool) {
	s.Account.ChangeGrant(func(g *oauth.Grant) { g.OnlyExpiring = on })
}

// Freeze makes the platform answer 402, as for a shop that did not pay.
func (s *Shop) Freeze(on bool) { s.Front.SetState(platform.Frozen, on) }

// Lock makes the platform answer 423.
func (s *Shop) Lock(on bool) { s.Front.SetState(platform.Locked, on) }

// Forbid makes the platform answer 403, as for an address that is not on the app's list.
func (s *Shop) Forbid(on bool) { s.Front.SetState(platform.Forbidden, on) }
