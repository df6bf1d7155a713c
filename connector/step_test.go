package connector

import (
	"encoding/json"
	"reflect"
	"testing"
)

// Steps are stored part by part, and a text that another program stored stays a text,
// whatever it holds.
func TestStoredSteps(t *testing.T) {
	for _, next := range []Next{
		nil,
		Advice("correct it in the shop"),
		Advice(`"quoted" [{`),
		Typed("import run").For("main").With("--account-change").After("if it is: "),
		append(Typed("connect", "shopify").For("main").After("connect it\n"), Shell("chmod", "600", "/a b").Next()...),
		Typed("status").ForStoreAtHand().After("look at ").Then("; it helps"),
		Again("--yes").Next(),
	} {
		if got := NextOf(next.Stored()); !reflect.DeepEqual(got, next) {
			t.Errorf("%q came back as %+v", next.Stored(), got)
		}
		encoded, err := json.Marshal(next)
		if err != nil {
			t.Fatal(err)
		}
		var got Next
		if err := json.Unmarshal(encoded, &got); err != nil || !reflect.DeepEqual(got, next) {
			t.Errorf("%s came back as %+v (%v)", encoded, got, err)
		}
	}
	const old = "do without for good\neshopctl connect shopify --store main"
	if got := NextOf(old); got.HasCommand() || got.String() != old || got.Stored() != old {
		t.Errorf("%+v", got)
	}
	var got Next
	if err := json.Unmarshal([]byte(`"look: eshopctl doctor"`), &got); err != nil || got.HasCommand() || got.String() != "look: eshopctl doctor" {
		t.Errorf("%+v (%v)", got, err)
	}
}

// What is made of steps leaves them as they were: some are shared.
func TestSharedStepsStayAsTheyAre(t *testing.T) {
	shared := Typed("connect", "fake").ForStoreAtHand().After("connect again: ")
	was := shared.String()
	for _, made := range []Next{shared.Then("; or not"), shared.Behind("that is long; "), shared.For("main"), shared.OrAtLast(Typed("status")), Advice("wait").OrAtLast(Typed("status"))} {
		if shared.String() != was || len(made) != 1 {
			t.Errorf("%q after %q", shared, made)
		}
	}
	if got := shared.For("main").String(); got != "connect again: connect fake --store main" {
		t.Error(got)
	}
}
