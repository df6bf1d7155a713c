package cmd

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// Law 12: whatever fails, there is something to type next, and one exit status.
func TestEveryErrorSaysWhatNext(t *testing.T) {
	for code := range exitOf {
		fault := faultOf(fmt.Errorf("while working: %w", &connector.Fault{Code: code, Message: "it failed"}))
		if fault.Code != code || fault.Hint == "" {
			t.Errorf("%s: %+v", code, fault)
		}
	}
	for _, err := range []error{errors.New("anything"), context.Canceled} {
		if fault := faultOf(err); fault.Hint == "" || exitOf[fault.Code] == 0 {
			t.Errorf("%v: %+v", err, fault)
		}
	}
	own := &connector.Fault{Code: connector.Network, Message: "no route", Hint: "mend it"}
	if fault := faultOf(own); fault.Hint != "mend it" || own.Hint != "mend it" {
		t.Errorf("%+v", fault)
	}
}
