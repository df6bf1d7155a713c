package connector

import "testing"

// Trying again helps against what passes by itself, and against nothing else.
func TestWhatLastsIsNotTemporary(t *testing.T) {
	t.Parallel()
	for _, code := range []Code{Network, Throttled, ProviderFault, IncompleteRead} {
		passes, lasts := Fault{Code: code}, Fault{Code: code, Lasting: true}
		if !passes.Temporary() || lasts.Temporary() {
			t.Errorf("%s: %t, and %t when it lasts", code, passes.Temporary(), lasts.Temporary())
		}
	}
	for _, code := range []Code{Usage, NotConnected, ScopeMissing, StalePlan, GuardTripped, Locked, StateUnusable, Internal} {
		if lasts := (Fault{Code: code}); lasts.Temporary() {
			t.Errorf("%s is temporary", code)
		}
	}
}
