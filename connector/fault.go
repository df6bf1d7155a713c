package connector

import "errors"

// Code classes a failure for scripts; each has one exit status. The codes are
// stable.
type Code string

// The codes.
const (
	Usage           Code = "usage"
	NotConnected    Code = "not_connected"
	ScopeMissing    Code = "scope_missing"
	TokenWasRefused Code = "token_rejected"
	ShopUnavailable Code = "shop_unavailable"
	StalePlan       Code = "stale_plan"
	GuardTripped    Code = "guard_tripped"
	Locked          Code = "locked"
	Network         Code = "network"
	Throttled       Code = "throttled"
	ProviderFault   Code = "provider_fault"
	IncompleteRead  Code = "incomplete_read"
	StateUnusable   Code = "state_unusable"
	KeyUnusable     Code = "key_unusable"
	Interrupted     Code = "interrupted"
	Internal        Code = "internal"
)

// Fault is a failure in words for an operator: Message says what failed and why, Next
// what to do, which is never empty for a fault that an operator can mend. Neither holds
// a secret.
type Fault struct {
	Code    Code
	Message string
	Besides Next // said after the message, to people whom Next does not address
	Next    Next
	Lasting bool   // trying again does not help, though the code may say so
	Reason  Reason // of an attempt to connect that failed; else ""
	Err     error  // the cause, for errors.Is; nil when there is none
}

func (f *Fault) Error() string { return f.Message }

// Temporary reports whether trying again may help.
func (f *Fault) Temporary() bool {
	switch f.Code {
	case Network, Throttled, ProviderFault, IncompleteRead:
		return !f.Lasting
	}
	return false
}

// ErrForeign is the cause of a fault: a proxy or a login page answered instead of the
// provider. The next request may reach the provider.
var ErrForeign = errors.New("it is not the provider's answer")

// ErrOtherClient is the cause of a fault: the app that is set here is another one than
// the store was connected with.
var ErrOtherClient = errors.New("another client id")

// IsOfContact reports whether the contact with the shop failed, at the shop or on the
// way there. It is false for faults of this machine, of its settings, and of what was
// done with an answer.
func (f *Fault) IsOfContact() bool {
	switch f.Code {
	case NotConnected, TokenWasRefused, ShopUnavailable, Network, Throttled, ProviderFault:
		return !errors.Is(f.Err, ErrOtherClient)
	}
	return false
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }
