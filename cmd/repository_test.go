package cmd

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// realSecrets are what tokens, secrets and keys look like that somebody handed out.
var realSecrets = regexp.MustCompile(`shp(at|ca|pa|rt|ss)_[0-9a-fA-F]{32}|-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[0-9A-Za-z]{36}\b`)

// hazard S18
func TestRepositoryHoldsNoSecret(t *testing.T) {
	if !realSecrets.MatchString("x = shpat_" + strings.Repeat("0a", 16)) {
		t.Fatal("no secret would be found")
	}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".git":
			return fs.SkipDir
		case !entry.Type().IsRegular() || strings.HasPrefix(entry.Name(), "eshopctl"):
			return nil
		}
		text, err := os.ReadFile(path)
		for line := range strings.Lines(string(text)) {
			if found := realSecrets.FindString(line); found != "" && !strings.Contains(line, "gitleaks:allow") {
				t.Errorf("%s holds %.12s...", path, found)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// What no test of ours could look for, .ci/run asks others for. A step that is taken
// out is missed here.
//
// hazard S18, X1, X2, X4, X5
func TestNothingIsLeftOutOfCI(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", ".ci", "run"))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{
		`(?m)^set -euo pipefail`, `(?m)^go vet \./\.\.\.`, `(?m)^go run "\$staticcheck" \./\.\.\.`, `(?m)^go run "\$gosec" .*\./\.\.\.`, `(?m)^go run "\$gitleaks" dir \. .*--exit-code [1-9]`,
		`(?m)^\s*go run "\$govulncheck" -db "\$vulndb" \./\.\.\.`, `(?m)^go mod verify`, `(?m)^go test \./\.\.\.$`,
		`(?m)^\s*go test -race .* \./\.\.\.$`, `(?m)^\s*go test -race .* \./state`, `(?m)^CAMPAIGN=ci go test .*\./cmd \./shopify \./state$`, `(?m)^fuzzall `, `(?m)^go run \./testdata/recorded$`,
	} {
		if !regexp.MustCompile(step).Match(text) {
			t.Errorf("no line of .ci/run is %s", step)
		}
	}
}

// hazard X5
func TestModulesAreWhatTheyWere(t *testing.T) {
	mod, err := os.ReadFile(filepath.Join("..", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`(?m)^\s*(replace|exclude|toolchain)\b.*`).Find(mod); found != nil {
		t.Errorf("go.mod says %q", found)
	}
	if testing.Short() {
		return
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command")
	}
	command := exec.Command("go", "list", "-mod=readonly", "-deps", "..") // go.sum has a sum for each
	command.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off")
	if out, err := command.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
