package cmd

import (
	"cmp"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/eshopos/eshopctl"

// topLevel is what may lie at the top, besides files that begin with a dot. A
// program that "go build" left there does no harm.
var topLevel = []string{
	"cmd", "connector", "importer", "shopify", "state", "testdata", "main.go", "go.mod", "go.sum",
	"README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "eshopctl", "eshopctl.exe",
}

// failpoints is compiled away in the program that is released.
const failpoints = "connector/failpoint"

// givenFiles reads what operators give in files.
const givenFiles = "connector/given"

// spellings finds what was meant by a word.
const spellings = "connector/spelling"

// temporary keeps what does not fit the memory.
const temporary = "connector/scratch"

// wholeFiles has files appear whole.
const wholeFiles = "connector/durable"

// lawSuite is tests that other packages run: of no program, and of no engine.
const lawSuite = "state/statetest"

// mayImport says which packages of the module each one may import; what is not
// listed has the rules of the folder above. The three machines, cmd/view,
// shopify and state, never import each other.
var mayImport = map[string][]string{
	"": {"cmd", "cmd/terminal"},

	// The command line.
	"cmd": {
		"cmd/terminal", "cmd/usage", "cmd/exit", "cmd/help", "cmd/settings", "cmd/face", "cmd/trial", "cmd/access", "cmd/completion",
		"cmd/view", "cmd/view/plain", "cmd/view/progress", "cmd/view/words", "cmd/view/page", "cmd/view/metrics",
		"shopify", "shopify/client", "shopify/site", "shopify/sandbox", "state",
		"importer/history", "importer/facts", "importer/job", "importer/planning", "importer/checking", "importer/walk", "importer",
		"connector/health", "connector/link", "connector", failpoints, givenFiles, temporary, wholeFiles, spellings,
	},
	"cmd/access": {
		"cmd/terminal", "cmd/usage", "cmd/exit", "cmd/settings", "cmd/face", "cmd/view", "cmd/view/plain", "cmd/view/progress",
		"shopify", "shopify/client", "shopify/site", "state",
		"importer/facts", "importer/job", "importer", "connector/health", "connector/link", "connector", givenFiles, temporary,
	},
	"cmd/completion": {"cmd/access", "cmd/help", "cmd/usage", "cmd/view/plain", "importer", "connector"},
	"cmd/trial":      {"cmd/face", "cmd/usage", "cmd/exit", "cmd/terminal", "cmd/view", "cmd/view/plain", "shopify/sandbox", "connector"},
	"cmd/face": {
		"cmd/settings", "cmd/usage", "cmd/exit", "cmd/terminal", "cmd/view", "cmd/view/plain", "cmd/view/progress",
		"importer/job", "importer", "connector",
	},
	"cmd/help":     {"cmd/usage", "cmd/exit", "cmd/view/plain", "importer", "connector", spellings},
	"cmd/exit":     {"state", "importer", "connector", temporary},
	"cmd/usage":    {"cmd/view/plain", "connector/health", "connector", spellings},
	"cmd/settings": {"cmd/usage", "cmd/terminal", "connector/health", "connector", givenFiles, spellings},
	"cmd/terminal": {"connector"},

	// What prints, from what knows no report up to the reports.
	"cmd/view/plain":    {"importer", "connector"},
	"cmd/view/progress": {"cmd/view/plain", "importer", "connector"},
	"cmd/view/words":    {"cmd/view/plain", "importer", "connector/health", "connector"},
	"cmd/view/page":     {"cmd/view/words", "cmd/view/plain", "importer", "connector"},
	"cmd/view":          {"cmd/view/words", "cmd/view/plain", "importer/job", "importer/checking", "importer", "connector/health", "connector"},
	"cmd/view/metrics":  {"cmd/view", "cmd/view/words", "cmd/view/plain", "importer", "connector/health", "connector"},

	// The provider, with the shop that stands for it.
	"shopify":         {"shopify/results", "shopify/pages", "shopify/records", "shopify/client", "shopify/bulk", "shopify/queries", "shopify/site", "shopify/decode", "importer", "connector", temporary},
	"shopify/results": {"shopify/pages", "shopify/records", "shopify/client", "shopify/bulk", "shopify/repeats", "shopify/queries", "shopify/decode", "shopify/gid", "importer", "connector"},
	"shopify/pages":   {"shopify/records", "shopify/client", "shopify/repeats", "shopify/queries", "shopify/decode", "shopify/gid", "importer", "connector", failpoints},
	"shopify/records": {"shopify/repeats", "shopify/queries", "shopify/decode", "shopify/gid", "importer"},
	"shopify/client":  {"shopify/bulk", "shopify/queries", "shopify/site", "shopify/decode", "shopify/gid", "importer", "connector", failpoints},
	"shopify/bulk":    {"shopify/repeats", "importer", "connector", failpoints, temporary},
	"shopify/repeats": {"shopify/gid", "importer"},
	"shopify/site":    {"connector"},
	"shopify/queries": {},
	"shopify/decode":  {},
	"shopify/gid":     {},

	// The simulated Shopify, which knows nothing of the program.
	"shopify/sandbox": {
		"shopify/sandbox/admin", "shopify/sandbox/bulk", "shopify/sandbox/graph", "shopify/sandbox/shops", "shopify/sandbox/merchant",
		"shopify/sandbox/catalogue", "shopify/sandbox/oauth", "shopify/sandbox/platform", "shopify/sandbox/scopes", "shopify/sandbox/web",
	},
	"shopify/sandbox/sandboxtest": {
		"shopify/sandbox", "shopify/sandbox/bulk", "shopify/sandbox/catalogue", "shopify/sandbox/oauth", "shopify/sandbox/order",
		"shopify/sandbox/platform", "shopify/sandbox/shops",
	},
	"shopify/sandbox/admin": {"shopify/sandbox/bulk", "shopify/sandbox/graph", "shopify/sandbox/catalogue", "shopify/sandbox/order", "shopify/sandbox/gid"},
	"shopify/sandbox/bulk": {
		"shopify/sandbox/graph", "shopify/sandbox/catalogue", "shopify/sandbox/order", "shopify/sandbox/gid", "shopify/sandbox/web",
	},
	"shopify/sandbox/graph":     {"shopify/sandbox/scopes", "shopify/sandbox/order", "shopify/sandbox/gid"},
	"shopify/sandbox/shops":     {"shopify/sandbox/catalogue"},
	"shopify/sandbox/merchant":  {"shopify/sandbox/catalogue"},
	"shopify/sandbox/catalogue": {"shopify/sandbox/order", "shopify/sandbox/gid"},
	"shopify/sandbox/oauth":     {"shopify/sandbox/scopes", "shopify/sandbox/web"},
	"shopify/sandbox/platform":  {"shopify/sandbox/web"},
	"shopify/sandbox/scopes":    {},
	"shopify/sandbox/order":     {},
	"shopify/sandbox/gid":       {},
	"shopify/sandbox/web":       {},
	"shopify/sandbox/cutschema": {},

	// What keeps everything.
	"state": {
		"state/warehouses", "state/lists", "state/catalog", "state/runs", "state/workspace", "state/registry", "state/locks", "state/vault",
		"state/engine", "state/sqlite", "state/sqlite/schema", "state/sqlite/diagnosis", "state/sqlite/disk", "importer/job", "importer", "connector", failpoints, givenFiles, temporary,
	},
	"state/warehouses": {"state/catalog", "state/lists", "state/tables", "state/chunks", "state/engine", "importer/job", "importer", "connector", failpoints},
	"state/lists":      {"state/tables", "state/engine", "state/sqlite", "importer", "connector"},
	"state/catalog":    {"state/runs", "state/workspace", "state/chunks", "state/tables", "state/engine", "state/sqlite", "state/sqlite/load", "state/sqlite/diagnosis", "importer", "connector", failpoints},
	"state/runs":       {"state/workspace", "state/locks", "state/engine", "importer", "connector", failpoints},
	"state/workspace":  {"state/chunks", "state/extsort", "state/engine", "importer", "connector", failpoints, temporary},
	"state/registry":   {"state/vault", "state/locks", "state/engine", "connector", failpoints},
	"state/locks":      {"state/sqlite", "state/engine", "importer/job", "connector"},
	"state/vault":      {"connector", givenFiles, wholeFiles},
	"state/tables":     {"state/engine", "importer"},
	"state/chunks":     {"importer", "connector"},
	"state/sqlite":     {"state/sqlite/load", "state/sqlite/memory", "state/sqlite/schema", "state/sqlite/diagnosis", "state/sqlite/disk", "state/engine", "connector", failpoints, givenFiles, temporary, wholeFiles},

	"state/sqlite/load":      {"state/sqlite/memory", "state/sqlite/diagnosis"},
	"state/sqlite/memory":    {failpoints},
	"state/sqlite/schema":    {"state/sqlite/diagnosis", "state/engine", "connector", failpoints},
	"state/sqlite/diagnosis": {"state/sqlite/disk", "state/engine", "connector", givenFiles},
	"state/sqlite/disk":      {"connector", givenFiles},

	"state/engine":  {"connector"},
	"state/extsort": {"importer", temporary},
	lawSuite:        {"state/chunks", "importer/job", "importer/staging", "importer/planning", "importer/applying", "importer/checking", "importer", "connector", "testdata/campaign", "testdata/runs"},

	// The use cases and their parts.
	"importer/facts":   {"importer/job", "importer/checking", "importer", "connector/health", "connector/callback", "connector", temporary, spellings},
	"importer/history": {"importer/job", "importer/checking", "importer/walk", "importer", "connector"},
	"importer/job": {
		"importer/staging", "importer/planning", "importer/applying", "importer/checking", "importer/walk", "importer",
		"connector/health", "connector", failpoints, spellings,
	},
	"importer/staging":  {"importer/walk", "importer", "connector", failpoints},
	"importer/planning": {"importer/walk", "importer", "connector", failpoints},
	"importer/applying": {"importer/walk", "importer", "connector", failpoints},
	"importer/checking": {"importer/walk", "importer", "connector"},
	"importer/walk":     {"importer", "connector"},
	"importer":          {"connector"},

	// The connection, and what stands below everything.
	"connector/health":   {"importer", "connector"},
	"connector/link":     {"connector/tokens", "connector/callback", "connector", failpoints},
	"connector/tokens":   {"connector", failpoints},
	"connector/callback": {"connector"},
	"connector":          {},
	failpoints:           {},
	givenFiles:           {},
	wholeFiles:           {},
	temporary:            {"connector"},
	spellings:            {},
}

// testsMayImport is what tests may import besides.
var testsMayImport = []string{"shopify/sandbox", "shopify/sandbox/sandboxtest", "testdata/answers", "testdata/campaign", "testdata/descriptors", "testdata/fakeshop", "testdata/faults", "testdata/hostile", "testdata/introspection", "testdata/loopback", "testdata/madeup", "testdata/rooms", "testdata/runs", "testdata/stranger"}

// benches are what tests of a package may import besides, to run it with what it runs
// with in the program.
var benches = map[string][]string{
	"importer":              {"importer/job", "importer/staging", "importer/planning", "importer/applying", "importer/checking", "state", "cmd/view", "cmd/view/plain", "cmd", "cmd/terminal"},
	"shopify/pages":         {"shopify/site"},
	"shopify/sandbox":       {"shopify/sandbox/gid"},
	"shopify/sandbox/admin": {"shopify/sandbox/shops"},
	"shopify/queries":       {"importer"},
	"state":                 {lawSuite, "state/tables", "state/chunks", "importer/staging", "importer/planning", "importer/applying", "importer/walk"},
	"cmd":                   {"state/sqlite", "state/sqlite/schema"},
}

// owners are the packages that may import a library from outside.
var owners = map[string][]string{
	"github.com/spf13/cobra":            {"cmd", "cmd/usage", "cmd/help", "cmd/settings", "cmd/face", "cmd/trial", "cmd/access", "cmd/completion"},
	"github.com/spf13/pflag":            {"cmd", "cmd/usage", "cmd/help", "cmd/settings", "cmd/face", "cmd/trial", "cmd/access", "cmd/completion"},
	"github.com/spf13/viper":            {"cmd/settings"},
	"go.yaml.in/yaml/v3":                {"cmd/settings"},
	"github.com/pkg/browser":            {"cmd/terminal"},
	"golang.org/x/term":                 {"cmd/terminal", "cmd/view/progress"},
	"github.com/olekukonko/tablewriter": {"cmd/view/plain"},
	"github.com/vbauerster/mpb/v8":      {"cmd/view/progress"},
	"modernc.org/sqlite":                {"state/sqlite", "state/sqlite/diagnosis", "state/sqlite/schema", "state/sqlite/load", "state/sqlite/memory"},
	"golang.org/x/text":                 {"state/sqlite"},
	"modernc.org/libc":                  {"state/sqlite/load", "state/sqlite/memory"},
	"github.com/klauspost/compress":     {"state/chunks"},
	"github.com/gofrs/flock":            {"state/sqlite"},
	"golang.org/x/oauth2":               {"connector/tokens"},
	"golang.org/x/sync":                 {"importer/staging", "importer/applying", "shopify", "shopify/pages", "shopify/results", "state/workspace", "state/sqlite"},
	"golang.org/x/sys":                  {"cmd/terminal", "state/sqlite/disk"},
	"github.com/vektah/gqlparser/v2":    {"shopify/sandbox/graph", "shopify/sandbox/bulk", "shopify/sandbox/admin"},
}

// testOwners are those that only tests of these packages may import; no package
// named means all.
var testOwners = map[string][]string{
	"github.com/vektah/gqlparser/v2":  {"shopify/queries"},
	"modernc.org/sqlite":              {"cmd", "state"},
	"github.com/gofrs/flock":          {"cmd"},
	"golang.org/x/oauth2":             {"connector/link"},
	"golang.org/x/net":                {"connector/link", "cmd/view/page"},
	"golang.org/x/sync":               {},
	"github.com/google/go-cmp":        {},
	"github.com/rogpeppe/go-internal": {"cmd"},
	"go.uber.org/goleak":              {},
	"pgregory.net/rapid":              {},
}

// sourceFile is a Go file with what it imports.
type sourceFile struct {
	path    string // from the top, with slashes
	imports []string
}

func (f sourceFile) isTest() bool {
	return strings.HasSuffix(f.path, "_test.go") || f.folder() == lawSuite
}

// folder is the package's folder, "" for the top.
func (f sourceFile) folder() string { return strings.TrimPrefix(path.Dir(f.path), ".") }

// breaches names every import that the layout does not allow.
func breaches(files []sourceFile) []string {
	var found []string
	for _, file := range files {
		for _, imported := range file.imports {
			if why := forbidden(file, imported); why != "" {
				found = append(found, fmt.Sprintf("%s imports %s: %s", file.path, imported, why))
			}
		}
	}
	return found
}

// forbidden says why a file must not import a package, "" if it may.
func forbidden(file sourceFile, imported string) string {
	if inside, ok := strings.CutPrefix(imported, module); ok {
		return forbiddenInside(file, strings.TrimPrefix(inside, "/"))
	}
	if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	library, known := longestPrefix(imported, owners)
	if known && owned(file.folder(), owners[library]) {
		return ""
	}
	testLibrary, forTests := longestPrefix(imported, testOwners)
	allowed := testOwners[testLibrary]
	switch {
	case file.isTest() && forTests && (len(allowed) == 0 || owned(file.folder(), allowed)):
		return ""
	case known:
		return "it belongs to " + strings.Join(owners[library], " and ")
	case forTests:
		return "it is for tests only"
	default:
		return "no package owns it yet; see owners in cmd/layout_test.go"
	}
}

func forbiddenInside(file sourceFile, imported string) string {
	rules, _ := longestPrefix(file.folder(), mayImport)
	allowed := slices.Clone(mayImport[rules])
	if file.isTest() {
		allowed = append(allowed, testsMayImport...)
		allowed = append(allowed, file.folder()) // tests from outside of the package
		allowed = append(allowed, benches[file.folder()]...)
	}
	if slices.Contains(allowed, imported) {
		return ""
	}
	return fmt.Sprintf("%s may import %q only", cmp.Or(rules, "main"), allowed)
}

// longestPrefix finds the key that is name or a folder above it.
func longestPrefix(name string, keys map[string][]string) (string, bool) {
	for ; name != "." && name != ""; name = path.Dir(name) {
		if _, ok := keys[name]; ok {
			return name, true
		}
	}
	return "", false
}

// owned reports whether a folder is one of the packages, or below one that has
// no rules of its own in between.
func owned(folder string, packages []string) bool {
	owner, _ := longestPrefix(folder, mayImport)
	return slices.Contains(packages, owner)
}

func sourceFiles(t *testing.T) []sourceFile {
	t.Helper()
	var files []sourceFile
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata"):
			return fs.SkipDir
		case entry.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		imports, err := importsOf(filepath.Join("..", filepath.FromSlash(name)))
		files = append(files, sourceFile{name, imports})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func importsOf(name string) ([]string, error) {
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, err
		}
		imports = append(imports, imported)
	}
	return imports, nil
}

func TestLayout(t *testing.T) {
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if !strings.HasPrefix(entry.Name(), ".") && !slices.Contains(topLevel, entry.Name()) {
			t.Errorf("%s does not belong at the top", entry.Name())
		}
	}
	files := sourceFiles(t)
	if len(files) < 50 {
		t.Errorf("only %d Go files were found", len(files))
	}
	for _, breach := range breaches(files) {
		t.Error(breach)
	}
}

// The test above would be worth nothing if it could not fail.
func TestBreachesAreNamed(t *testing.T) {
	for _, c := range []struct {
		path, imported string
		why            string // part of it; "" for allowed
	}{
		{"main.go", module + "/cmd", ""},
		{"main.go", module + "/state", "main may import"},
		{"cmd/trial/demo.go", module + "/shopify/sandbox", ""},
		{"cmd/view/run.go", module + "/importer", ""},
		{"cmd/view/run.go", module + "/cmd", "cmd/view may import"},
		{"cmd/view/card.go", module + "/connector/health", ""},
		{"connector/health/lights.go", module + "/importer", ""},
		{"connector/health/lights.go", module + "/state", "connector/health may import"},
		{"connector/fault.go", module + "/connector/health", "connector may import"},
		{"state/db.go", module + "/shopify", "state may import"},
		{"state/db.go", module + "/state/chunks", "state may import"},
		{"state/catalog/reader.go", module + "/state/runs", ""},
		{"state/runs/history.go", module + "/state/catalog", "state/runs may import"},
		{"state/vault/key.go", module + "/state/engine", "state/vault may import"},
		{"state/db.go", module + "/cmd/view", "state may import"},
		{"shopify/source.go", module + "/state", "shopify may import"},
		{"shopify/source.go", module + "/shopify/sandbox", "shopify may import"},
		{"shopify/source_test.go", module + "/shopify/sandbox", ""},
		{"shopify/source_test.go", module + "/state", "shopify may import"},
		{"shopify/client/client.go", module + "/shopify/records", "shopify/client may import"},
		{"shopify/pages/walk.go", module + "/shopify/site", "shopify/pages may import"},
		{"shopify/queries/document.go", module + "/importer", "shopify/queries may import"},
		{"shopify/sandbox/shop.go", module + "/importer", "shopify/sandbox may import"},
		{"shopify/sandbox/graph/plan.go", module + "/shopify/sandbox/catalogue", "shopify/sandbox/graph may import"},
		{"shopify/sandbox/catalogue/shop.go", module + "/shopify/gid", "shopify/sandbox/catalogue may import"},
		{"cmd/trial/demo.go", module + "/shopify/sandbox/sandboxtest", "cmd/trial may import"},
		{"importer/plan.go", module + "/connector", ""},
		{"importer/plan.go", module + "/importer/job", "importer may import"},
		{"importer/planning/decide.go", module + "/importer/walk", ""},
		{"importer/planning/decide.go", module + "/importer/staging", "importer/planning may import"},
		{"importer/applying/runner.go", module + "/importer/staging", "importer/applying may import"},
		{"importer/walk/march.go", module + "/importer/planning", "importer/walk may import"},
		{"importer/job/work.go", module + "/importer", ""},
		{"importer/job/work.go", module + "/state", "importer/job may import"},
		{"state/warehouses.go", module + "/importer/job", ""},
		{"state/chunks/chunk_bytes.go", module + "/state/extsort", "state/chunks may import"},
		{"state/extsort/sorter.go", module + "/state", "state/extsort may import"},
		{"state/db.go", module + "/state/statetest", "state may import"},
		{"state/laws_test.go", module + "/state/statetest", ""},
		{"state/statetest/bench.go", module + "/state", "state/statetest may import"},
		{"state/statetest/bench.go", "modernc.org/sqlite", "belongs to state"},
		{"shopify/bulk/desk.go", module + "/state/extsort", "shopify/bulk may import"},
		{"importer/job/work.go", "github.com/spf13/cobra", "belongs to cmd"},
		{"cmd/import.go", module + "/importer/job", ""},
		{"importer/plan.go", module + "/state", "importer may import"},
		{"importer/bench_test.go", module + "/state", ""},
		{"importer/bench_test.go", module + "/shopify", "importer may import"},
		{"connector/fault.go", module + "/importer", "connector may import"},
		{"connector/link/attempt.go", module + "/connector/failpoint", ""},
		{"connector/tokens/issuer.go", module + "/connector/link", "connector/tokens may import"},
		{"connector/failpoint/trap.go", module + "/connector", "connector/failpoint may import"},
		{"cmd/view/run.go", module + "/connector/failpoint", "cmd/view may import"},
		{"connector/fault_test.go", module + "/connector", ""},
		{"connector/provider.go", "net/http", ""},
		{"connector/tokens/issuer.go", "golang.org/x/oauth2", ""},
		{"shopify/client/client.go", "golang.org/x/oauth2", "belongs to connector"},
		{"cmd/run.go", "github.com/spf13/cobra", ""},
		{"cmd/view/plain/table.go", "github.com/spf13/cobra", "belongs to cmd"},
		{"cmd/view/plain/table.go", "github.com/olekukonko/tablewriter/tw", ""},
		{"cmd/view/plain/table.go", module + "/cmd/view", "cmd/view/plain may import"},
		{"cmd/run.go", "github.com/olekukonko/tablewriter", "belongs to cmd/view/plain"},
		{"cmd/terminal/process.go", "golang.org/x/term", ""},
		{"importer/plan.go", "modernc.org/sqlite", "belongs to state/sqlite"},
		{"state/db.go", "modernc.org/sqlite", "belongs to state/sqlite"},
		{"state/sqlite/file.go", "modernc.org/sqlite/lib", ""},
		{"state/sqlite/file.go", module + "/importer", "state/sqlite may import"},
		{"state/sqlite/file.go", module + "/state", "state/sqlite may import"},
		{"shopify/queries/document_test.go", "github.com/vektah/gqlparser/v2/ast", ""},
		{"shopify/queries/document.go", "github.com/vektah/gqlparser/v2/ast", "belongs to shopify/sandbox/graph"},
		{"importer/plan_test.go", "pgregory.net/rapid", ""},
		{"importer/plan.go", "pgregory.net/rapid", "for tests only"},
		{"importer/plan.go", "example.com/left-pad", "no package owns it"},
	} {
		found := breaches([]sourceFile{{c.path, []string{c.imported}}})
		switch {
		case c.why == "" && len(found) > 0:
			t.Errorf("allowed, but: %s", found)
		case c.why != "" && (len(found) != 1 || !strings.Contains(found[0], c.why) || !strings.HasPrefix(found[0], c.path)):
			t.Errorf("%s imports %s: %q is not named, but %q", c.path, c.imported, c.why, found)
		}
	}
}
