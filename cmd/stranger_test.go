package cmd

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/stranger"
)

// strangerImported imports a shop that somebody else simulates. It tells what is
// in the catalogue then, and what was printed.
func strangerImported(t *testing.T, reader string, habits stranger.Habits) (digest, printed string) {
	t.Helper()
	habits.Folder = t.TempDir()
	server := httptest.NewServer(&stranger.Shop{Products: 40, Habits: habits})
	defer server.Close()
	desk := newDesk(t, sandboxtest.Generate(0))
	desk.variables = append(desk.variables, "ESHOPCTL_SHOPIFY_URL="+server.URL, "ESHOPCTL_SHOPIFY_ACCESS_TOKEN=shpat_0000000000000000000000000000000a") // gitleaks:allow: made up
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", stranger.Domain, "--auth", "token")
	printed = desk.mustRun("import", "run", "--store", "main", "--yes", "--reader", reader)
	return desk.digest(), printed
}

// hazard D7, D8
func TestStrangersShopIsImportedWhole(t *testing.T) {
	t.Parallel()
	want, _ := strangerImported(t, "paged", stranger.Habits{})
	last := stranger.Lie{Tells: true, Lines: func(lines [][]byte) [][]byte { return lines[:len(lines)-1] }} // a part, in this order
	for name, c := range map[string]struct {
		habits  stranger.Habits
		remarks string
	}{
		"parts apart":   {stranger.Habits{Order: stranger.Depth, Gzip: true}, ""},
		"no order":      {stranger.Habits{Order: stranger.Shuffled}, "W-READER-FALLBACK"},
		"a medium lost": {stranger.Habits{Order: stranger.Depth, Lies: map[string]stranger.Lie{stranger.Products: last}}, "W-CHANGED-WHILE-READING"},
		"a member lost": {stranger.Habits{Order: stranger.Depth, Lies: map[string]stranger.Lie{stranger.Members: last}}, "W-CHANGED-WHILE-READING"},
	} {
		got, printed := strangerImported(t, "bulk", c.habits)
		if got != want {
			t.Errorf("%s: the catalogue is another one", name)
		}
		for _, code := range []string{"W-READER-FALLBACK", "W-CHANGED-WHILE-READING"} {
			if strings.Contains(printed, code) != (code == c.remarks) {
				t.Errorf("%s: %s\n%s", name, code, printed)
			}
		}
	}
}
