package connector

// Reason says why a connector is not live, or why a live one needs attention.
// The codes are stable.
type Reason string

// Reasons of inactive connectors.
const (
	NeverConnected   Reason = "never_connected"
	Disconnected     Reason = "disconnected"
	SetupInterrupted Reason = "setup_interrupted"
	TokenRejected    Reason = "token_rejected"
)

// Reasons of failed attempts.
const (
	AuthorizationDenied Reason = "authorization_denied"
	InvalidClient       Reason = "invalid_client"
	StateExpired        Reason = "state_expired"
	StateMismatch       Reason = "state_mismatch"
	WrongShop           Reason = "wrong_shop"
	BadSignature        Reason = "bad_signature"
	ExchangeFailed      Reason = "exchange_failed"
	AccountChanged      Reason = "account_changed"
	ShopTaken           Reason = "shop_taken"
	AppNotInstalled     Reason = "app_not_installed"
	ShopNotPermitted    Reason = "shop_not_permitted"
	TimedOut            Reason = "timeout"
)

// Reasons on live connectors with a yellow or red connection light.
const (
	ScopeIsMissing    Reason = "scope_missing"
	ShopIsUnavailable Reason = "shop_unavailable"
	Refused           Reason = "refused"
	TokenExpiring     Reason = "token_expiring"
)

var reasonTexts = map[Reason]string{
	NeverConnected:      "nothing was ever connected",
	Disconnected:        "the connection was taken away on purpose",
	SetupInterrupted:    "the setup was interrupted before it completed, or is still under way",
	TokenRejected:       "the shop no longer accepts the token",
	AuthorizationDenied: "the merchant did not approve the app",
	InvalidClient:       "the client id or client secret is not right",
	StateExpired:        "the answer came too late or was replayed",
	StateMismatch:       "the answer did not belong to this attempt",
	WrongShop:           "another shop than the one asked for answered",
	BadSignature:        "the answer was not signed with this app's secret",
	ExchangeFailed:      "the shop did not exchange the code for a token",
	AccountChanged:      "another shop than the one linked before was asked for, or answered",
	ShopTaken:           "the shop is linked to another store",
	AppNotInstalled:     "the app is not installed in the shop",
	ShopNotPermitted:    "the app and the shop belong to different organisations",
	TimedOut:            "no answer came in time",
	ScopeIsMissing:      "the shop does not grant every scope that is needed",
	ShopIsUnavailable:   "the shop is frozen, locked or gone",
	Refused:             "the shop refuses requests from here",
	TokenExpiring:       "the authorisation ends soon, or has ended",
}

// NeedsBrowser reports whether the shop gives the app no token in the way that was
// tried, while a merchant can still let it in through the browser.
func (r Reason) NeedsBrowser() bool { return r == ShopNotPermitted || r == AppNotInstalled }

// Text returns the reason in words, "" for no reason.
func (r Reason) Text() string { return reasonTexts[r] }
