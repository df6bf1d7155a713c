package view

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// What an error says stands below each other, its commands below their words; a text of
// an older program stays as it is.
func TestWhatIsSaidStepByStep(t *testing.T) {
	status := connector.Typed("status")
	for _, c := range []struct {
		next connector.Next
		want []Suggestion
	}{
		{status.Next(), []Suggestion{{"what helps", "eshopctl status"}}},
		{status.After("look: "), []Suggestion{{"look: eshopctl status", ""}}},
		{append(status.After("look\n"), status.With("--probe").Next()...), []Suggestion{{"look", "eshopctl status"}, {"what helps", "eshopctl status --probe"}}},
		{connector.Shell("chmod", "600", "/key").Next(), []Suggestion{{"chmod 600 /key", ""}}},
		{connector.Advice("mend it\neshopctl status"), []Suggestion{{"mend it", ""}, {"eshopctl status", ""}}},
	} {
		if got := said("what helps", c.next); !slices.Equal(got, c.want) {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}
