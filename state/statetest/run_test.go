package statetest

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// apart are the tests that engines run by themselves: they may take as long as there is.
var apart = map[string]bool{"TestSequences": true, "TestWhatIsTakenIsAsGoodAsWhatIsRead": true}

// Every test of the suite stands with a law, else nobody runs it.
func TestEveryTestStandsWithALaw(t *testing.T) {
	stands := map[string]bool{}
	for _, law := range laws {
		for name := range law.tests {
			stands[name] = true
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	written := 0
	test := regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T, open Open\)`)
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range test.FindAllStringSubmatch(string(text), -1) {
			if written++; stands[found[1]] == apart[found[1]] {
				t.Errorf("%s of %s: with a law %t, run apart %t", found[1], file, stands[found[1]], apart[found[1]])
			}
		}
	}
	if written != len(stands)+len(apart) {
		t.Errorf("%d tests are written, %d are run", written, len(stands)+len(apart))
	}
}
