package cmd

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/help"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
)

// jsonSession is what is typed, in this order, and the document that comes out:
// testdata/json/NAME. Scripts of operators rely on these.
var jsonSession = []struct {
	name    string
	ended   int
	command string
}{
	{"version.json", 0, "version -o json"},
	{"status_nothing.json", 0, "status -o json"},
	{"next_nothing.json", 0, "-o json"},
	{"error.json", 4, "runs list -o json"},
	{"connect.json", 0, "connect shopify --store main --shop tea-and-cups --auth browser -o json"},
	{"import_preview.json", 0, "import preview -o json"},
	{"import_run.json", 0, "import run latest --yes -o json"},
	{"import_run.jsonl", 0, "import run --yes -o jsonl"},
	{"runs_list.json", 0, "runs list --limit 2 -o json"},
	{"runs_list.jsonl", 0, "runs list --limit 2 -o jsonl"},
	{"runs_show.json", 0, "runs show latest -o json"},
	{"runs_warnings.json", 0, "runs warnings latest --code W-SKU-DUPLICATE -o json"},
	{"runs_warnings.jsonl", 0, "runs warnings latest --code W-SKU-DUPLICATE -o jsonl"},
	{"catalog_products.json", 0, "catalog products --limit 1 -o json"},
	{"catalog_products.jsonl", 0, "catalog products --limit 2 -o jsonl"},
	{"catalog_variants.json", 0, "catalog variants --limit 1 -o json"},
	{"catalog_media.json", 0, "catalog media --limit 1 -o json"},
	{"catalog_categories.json", 0, "catalog categories --limit 1 -o json"},
	{"catalog_memberships.json", 0, "catalog memberships --limit 1 -o json"},
	{"catalog_warehouses.json", 0, "catalog warehouses --limit 1 -o json"},
	{"catalog_stock.json", 0, "catalog stock --limit 1 -o json"},
	{"catalog_none.json", 0, "catalog stock --search nothing-like-it -o json"},
	{"warehouses_list.json", 0, "warehouses list -o json"},
	{"explain_stock.json", 0, "explain stock POT-1 -o json"},
	{"MERCHANT", 0, ""},
	{"import_preview_changes.json", 0, "import preview -o json"},
	{"runs_changes.json", 0, "runs changes latest -o json"},
	{"runs_changes.jsonl", 0, "runs changes latest --resource variants -o jsonl"},
	{"runs_compare.json", 0, "runs compare PREVIEW latest -o json"},
	{"reconcile.json", 3, "reconcile --exit-code -o json"},
	{"reconcile_all_stores.json", 0, "reconcile --all-stores -o json"},
	{"import_run_all_stores.jsonl", 0, "import run --all-stores --yes -o jsonl"},
	{"guard_tripped.json", 8, "import run --yes --fail-on any -o json"},
	{"warehouses_unlink.json", 0, "warehouses unlink 1 -o json"},
	{"warehouses_link.json", 0, "warehouses link 1 LOCATION -o json"},
	{"warehouses_show.json", 0, "warehouses show 1 -o json"},
	{"warehouses_link_new.json", 0, "warehouses link --new LOCATION --move -o json"},
	{"warehouses_merge.json", 0, "warehouses merge 7 1 --store main --yes -o json"},
	{"state_info.json", 0, "state info -o json"},
	{"state_backup.json", 0, "state backup HOME/backup.db -o json"},
	{"state_restore.json", 0, "state restore HOME/backup.db --yes -o json"},
	{"runs_prune.json", 0, "runs prune --keep 1 -o json"},
	{"doctor.json", 1, "doctor -o json"},
	{"doctor.jsonl", 1, "doctor -o jsonl"},
	{"status.json", 0, "status -o json"},
	{"status.jsonl", 0, "status --probe -o jsonl"},
	{"status_check.json", 9, "status --check --max-age 24h -o json"},
	{"disconnect.json", 0, "disconnect shopify --store main --yes -o json"},
	{"demo.json", 0, "demo -o json"},
}

// What every command prints for programs is as it was: field by field, for the
// same shop.
func TestScriptsGetTheSameJSON(t *testing.T) {
	t.Parallel()
	d := newDesk(t, sandboxtest.DefaultShop())
	plain := &plainer{home: d.home}
	for _, step := range jsonSession {
		if step.command == "" {
			if err := errors.Join(d.shop.SetPrice("POT-1", "42.00"), d.shop.Sell("JUG-1", sandboxtest.WarehouseLocation, 2)); err != nil {
				t.Fatal(err)
			}
			continue
		}
		command := strings.NewReplacer("HOME", d.home, "PREVIEW", plain.preview, "LOCATION", plain.location).Replace(step.command)
		printed, complained, ended := d.run(strings.Fields(command)...)
		if ended != step.ended {
			t.Errorf("%s: exit status %d, want %d\n%s%s", step.command, ended, step.ended, printed, complained)
		}
		plain.learn(printed)
		assertGolden(t, step.name, plain.text(printed))
	}
	assertEveryCommandPrintsJSON(t)
}

// The sandbox prints its document and goes on.
func TestScriptsGetJSONOfSandbox(t *testing.T) {
	command := newDesk(t, sandboxtest.DefaultShop()).command("sandbox", "--installed", "-o", "json")
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	var document struct {
		Environment map[string]string
		Shop        string
	}
	err = json.NewDecoder(out).Decode(&document)
	if stopErr := errors.Join(command.Process.Signal(os.Interrupt), command.Wait()); err != nil {
		t.Fatal(err, stopErr)
	}
	for _, name := range []string{"ESHOPCTL_SHOPIFY_URL", "ESHOPCTL_SHOPIFY_CLIENT_ID", "ESHOPCTL_SHOPIFY_CLIENT_SECRET", "ESHOPCTL_SHOPIFY_ACCESS_TOKEN"} {
		if document.Environment[name] == "" {
			t.Errorf("there is no %s in %v", name, document.Environment)
		}
	}
	if !strings.HasSuffix(document.Shop, ".myshopify.com") {
		t.Errorf("the shop is %q", document.Shop)
	}
}

// assertEveryCommandPrintsJSON finds commands that the session leaves out.
func assertEveryCommandPrintsJSON(t *testing.T) {
	root := rootCommand(access.New(terminal.Env{LookupEnv: noVariable}, access.RegisteredPlatforms()))
	eachCommand(root, func(cmd *cobra.Command) {
		path, below := strings.CutPrefix(cmd.CommandPath(), "eshopctl ")
		if !below || cmd.HasSubCommands() || help.IsTopic(cmd) || path == "sandbox" || strings.HasPrefix(path, "help") || strings.HasPrefix(path, "completion") {
			return
		}
		if !slices.ContainsFunc(jsonSession, func(step struct {
			name    string
			ended   int
			command string
		}) bool {
			return strings.HasPrefix(step.command, path+" ")
		}) {
			t.Errorf("eshopctl %s is not in the session", path)
		}
	})
}

func assertGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("..", "testdata", "json", name)
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s has changed; fields are only ever added. Look at the difference after go test ./cmd -run TestScriptsGet -update\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	is, was := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(is), len(was)) {
		if is[i] != was[i] {
			return fmt.Sprintf("line %d is\n%s\nand was\n%s", i+1, is[i], was[i])
		}
	}
	return fmt.Sprintf("it has %d lines and had %d", len(is), len(was))
}

// plainer puts words in the place of what differs from day to day.
type plainer struct {
	home     string
	runs     []string // in the order in which they came
	preview  string   // the first of them
	location string   // of the first warehouse
}

// learn notes the runs that were named and where the first warehouse is.
func (p *plainer) learn(printed string) {
	for _, id := range runIDs(printed) {
		if !slices.Contains(p.runs, id) {
			p.runs = append(p.runs, id)
		}
	}
	if len(p.runs) > 0 {
		p.preview = p.runs[0]
	}
	if found := firstWarehouse.FindStringSubmatch(printed); found != nil {
		p.location = found[1]
	}
}

var firstWarehouse = regexp.MustCompile(`"id": "1",[^}]*"external_id": "(gid://shopify/Location/\d+)"`)

// daily are texts that differ from day to day and machine to machine, with what
// stands for them.
var daily = []struct {
	found *regexp.Regexp
	word  string
}{
	{regexp.MustCompile(`\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z)`), "TIME"},
	{regexp.MustCompile(`\.kept-\d{8}-\d{6}`), ".kept-TIME"},
	{regexp.MustCompile(`\b20\d\d-\d\d-\d\d\b`), "DAY"},
	{regexp.MustCompile(`"(age_seconds|bytes|log_bytes|free_bytes|file_bytes|pid|schema_version|newest_schema_version)": ?\d+`), `"$1": 0`},
	{regexp.MustCompile(`"(sqlite_version|version|host|started_by)": ?"[^"]*"`), `"$1": "WORD"`},
	{regexp.MustCompile(`127\.\d+\.\d+\.\d+:\d+`), "127.0.0.1:PORT"},
}

func (p *plainer) text(printed string) string {
	for i, id := range p.runs {
		printed = strings.ReplaceAll(printed, id, fmt.Sprintf("RUN-%d", i+1))
	}
	printed = strings.ReplaceAll(printed, p.home, "HOME")
	for _, d := range daily {
		printed = d.found.ReplaceAllString(printed, d.word)
	}
	return printed
}

// Every field that is printed for programs is explained in the README.
func TestREADMEHasEveryField(t *testing.T) {
	text := readme(t)
	names := map[string]bool{}
	files, err := filepath.Glob("../testdata/json/*")
	if err != nil || len(files) < 40 {
		t.Fatal(len(files), err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		documents := json.NewDecoder(bytes.NewReader(content))
		for {
			var document any
			err := documents.Decode(&document)
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(file, err)
			}
			fieldNames(document, names)
		}
	}
	for name := range names {
		if !regexp.MustCompile("[\"`{ ]" + regexp.QuoteMeta(name) + "[\"` }]").MatchString(text) {
			t.Errorf("the README does not explain the field %q", name)
		}
	}
}

func fieldNames(v any, into map[string]bool) {
	switch v := v.(type) {
	case map[string]any:
		for name, value := range v {
			into[name] = true
			fieldNames(value, into)
		}
	case []any:
		for _, value := range v {
			fieldNames(value, into)
		}
	}
}
