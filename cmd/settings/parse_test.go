package settings

import (
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/testdata/hostile"
)

// Whatever stands in a configuration file is a known key with a plain text, or
// the file is refused.
//
// hazard D3, D10
func FuzzParse(f *testing.F) {
	for _, c := range hostile.Cases(f, "configs") {
		if len(c.Text) < 10_000 {
			f.Add([]byte(c.Text))
		}
	}
	known := []string{"max_age", "max_missing", "output", "quiet", "store"}
	assertPlain := func(t *testing.T, text []byte, settings map[string]any) {
		for key, value := range settings {
			if _, plain := value.(string); !plain || !slices.Contains(known, key) {
				t.Errorf("%q sets %q to %v", text, key, value)
			}
		}
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		settings, err := parse(text, known, []string{"store"})
		if err != nil {
			return
		}
		stores, _ := settings[storesKey].(map[string]any)
		delete(settings, storesKey)
		assertPlain(t, text, settings)
		for name, own := range stores {
			if !connector.IsStoreName(name) || !strings.Contains(string(text), name) {
				t.Errorf("%q names the store %q", text, name)
			}
			assertPlain(t, text, own.(map[string]any))
		}
	})
}
