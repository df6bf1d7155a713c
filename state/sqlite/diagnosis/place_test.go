package diagnosis

import (
	"io/fs"
	"slices"
	"testing"
)

// A path stands in a command as one word, whatever is in it.
func TestNextStepsQuotePaths(t *testing.T) {
	_, next := unwritablePlace("it may not be written", "/with space/it's", fs.ErrPermission)
	if words := next[0].Command.Words(); !slices.Equal(words, []string{"chmod", "u+w", "/with space/it's"}) {
		t.Errorf("%q", words)
	}
}
