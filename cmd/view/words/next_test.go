package words

import (
	"slices"
	"testing"

	"github.com/eshopos/eshopctl/cmd/view/plain"
	"github.com/eshopos/eshopctl/connector"
)

// What an error says stands below each other, its commands below their words; a text of
// an older program stays as it is.
func TestWhatIsSaidStepByStep(t *testing.T) {
	status := connector.Typed("status")
	for _, c := range []struct {
		next connector.Next
		want []plain.Suggestion
	}{
		{status.Next(), []plain.Suggestion{{Text: "what helps", Command: "eshopctl status"}}},
		{status.After("look: "), []plain.Suggestion{{Text: "look: eshopctl status", Command: ""}}},
		{append(status.After("look\n"), status.With("--probe").Next()...), []plain.Suggestion{{Text: "look", Command: "eshopctl status"}, {Text: "what helps", Command: "eshopctl status --probe"}}},
		{connector.Shell("chmod", "600", "/key").Next(), []plain.Suggestion{{Text: "chmod 600 /key", Command: ""}}},
		{connector.Advice("mend it\neshopctl status"), []plain.Suggestion{{Text: "mend it", Command: ""}, {Text: "eshopctl status", Command: ""}}},
	} {
		if got := ErrorSteps("what helps", c.next); !slices.Equal(got, c.want) {
			t.Errorf("%+v, want %+v", got, c.want)
		}
	}
}
