// Package descriptors tells tests which files their own process has open.
package descriptors

import (
	"os"
	"strings"
	"testing"
)

// OpenIn lists the files of a folder that this process has open, also such as have no name
// any more. It skips the test where the system does not tell.
func OpenIn(t *testing.T, folder string) (open []string) {
	t.Helper()
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	for _, descriptor := range descriptors {
		if name, err := os.Readlink("/proc/self/fd/" + descriptor.Name()); err == nil && strings.HasPrefix(name, folder+"/") {
			open = append(open, name)
		}
	}
	return open
}
