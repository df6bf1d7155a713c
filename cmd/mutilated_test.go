package cmd

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/cmd/terminal"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// Whatever stands in the columns of a state file, and whatever became of its tables:
// each command ends soon, with a right answer or an error that says what is wrong.
// Nothing panics, no light is green that is not, nobody but the connected shop gets
// a secret, and no text of the file comes to a terminal as it is. One table alone:
//
//	CAMPAIGN=full go test ./cmd -v -run TestMutilatedStateFiles/accounts
//
// hazard P9, S13
func TestMutilatedStateFiles(t *testing.T) {
	w := newWard(t)
	chosen := w.chosen()
	for from := 0; from < len(chosen); {
		table, to := chosen[from].table, from
		for to < len(chosen) && chosen[to].table == table {
			to++
		}
		t.Run(table, func(t *testing.T) { w.walk(t, chosen[from:to], from) })
		from = to
	}
	t.Log(w.ends)
	w.put(filepath.Join(w.folder, "sound.db"))
	w.expect(exit.Done, "status --probe --check --state "+filepath.Join(w.folder, "sound.db"))
}

// walk goes through the mutilations of a table, the first of which has that number.
func (w *ward) walk(t *testing.T, mutilations []mutilation, number int) {
	outside := w.T
	w.T = t
	defer func() { w.T = outside }()
	path, columns := filepath.Join(w.folder, "mutilated.db"), 0
	for i, m := range mutilations {
		w.put(path)
		if mutilate(t, path, m) {
			w.examine(m, path, number+i)
			columns += min(len(m.column), 1)
		}
		if w.faults > 20 && campaign.Asked() != campaign.Full {
			t.Fatal("and so on")
		}
	}
	if campaign.Asked() == campaign.Full && columns == 0 {
		t.Error("no column took any value; are there rows?")
	}
}

// ward is where mutilated files are examined: a sound one to begin with, and a shop
// that sees who else is asked.
type ward struct {
	*counter
	folder string
	sound  []byte
	runs   []string // ids of a preview and of an import
	ends   map[string]int
	faults int

	mu       sync.Mutex
	strayed  []string
	commands []string // that only read
}

// rowsForAll are rows of the tables that the runs of a ward leave empty.
const rowsForAll = `
	INSERT INTO left_alone SELECT account, 'products', external_id, '', NULL FROM products WHERE id = 3;
	INSERT INTO last_read SELECT account, resource, 'title', snapshot FROM imported WHERE resource = 'products';
	INSERT INTO operations SELECT store, provider, external_id, 'none', 'gid://shopify/BulkOperation/1', linked_at FROM accounts;`

func newWard(t *testing.T) *ward {
	w := &ward{counter: newCounter(t), folder: t.TempDir(), ends: map[string]int{}}
	w.expect(exit.Done, connectTea)
	w.expect(exit.Done, "import run --store main --yes")
	w.expect(exit.Done, "import preview --store main")
	w.expect(exit.Done, "reconcile --store main")
	w.expect(exit.Done, "import run --store main --yes")
	w.expect(exit.Done, "import preview --store main")
	w.runs = runIDs(w.run("runs list --store main -o json").stdout)
	path := filepath.Join(w.counter.folder, "eshopctl", "state.db")
	if err := execSQL(path, "UPDATE products SET title = 'Mine' WHERE id = 2;"+rowsForAll+"PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	var err error
	if w.sound, err = os.ReadFile(path); err != nil {
		t.Fatal(err)
	}
	w.watch()
	w.commands = w.readers()
	return w
}

// chosen are all mutilations, or in the quick tests some of each table.
func (w *ward) chosen() []mutilation {
	path := filepath.Join(w.folder, "walked.db")
	w.put(path)
	all := mutilations(w.T, path)
	slices.SortStableFunc(all, func(a, b mutilation) int {
		return cmp.Or(strings.Compare(a.table, b.table), strings.Compare(a.String(), b.String()))
	})
	return campaign.Some(w.T, "mutilations", all, 40, 80)
}

func (w *ward) put(path string) {
	w.Helper()
	for _, beside := range []string{"-wal", "-shm"} {
		_ = os.Remove(path + beside)
	}
	if err := os.WriteFile(path, w.sound, 0o600); err != nil {
		w.Fatal(err)
	}
}

// examine types command lines at a mutilated file.
func (w *ward) examine(m mutilation, path string, number int) {
	for _, line := range w.lines(m, number) {
		_ = os.Remove(filepath.Join(w.folder, "copy.db"))
		_ = os.Remove(filepath.Join(w.folder, "report.html"))
		w.judge(m, line, path)
	}
}

// soon is when a command is to have ended, longestTold how many bytes it may say of what
// is wrong.
const (
	soon        = 10 * time.Second
	longestTold = 3 * exit.LongestMessage
)

func (w *ward) judge(m mutilation, line, path string) {
	ctx, cancel := context.WithTimeout(w.Context(), 2*soon)
	defer cancel()
	began := time.Now()
	got := w.typed(ctx, append(strings.Fields(line), "--state", path))
	took := time.Since(began)
	w.ends[fmt.Sprint(strings.Fields(line)[0], " ", got.ended)]++
	fault := func(format string, args ...any) {
		w.faults++
		w.Errorf("%s: eshopctl %s: exit status %d: %s\n%.400s\n%.600s", m, line, got.ended, fmt.Sprintf(format, args...), got.stdout, got.stderr)
	}
	if n := len(got.stderr); n > longestTold {
		fault("it says %d bytes", n)
	}
	if took > soon {
		fault("it took %s", took)
	}
	if text := got.stdout + got.stderr; strings.Contains(text, "report this as a bug") || strings.Contains(text, "panic") {
		fault("it calls that a bug")
	}
	if raw := hostileSigns.FindString(got.stdout + got.stderr); raw != "" && !strings.Contains(line, "html") {
		fault("%q came out as it is", raw)
	}
	if !slices.Contains([]int{exit.Done, exit.Different, exit.Partial, exit.NotGreen}, got.ended) && !saysWhatIsNext(got.stderr) && !strings.Contains(got.stdout, `"hint":"`) && !strings.HasPrefix(line, "doctor") {
		fault("it does not say what to do")
	}
	for _, secret := range w.server.Secrets() {
		if len(secret) > 11 && strings.Contains(got.stdout+got.stderr, secret) {
			fault("it prints a secret")
		}
	}
	w.mu.Lock()
	for _, stray := range w.strayed {
		fault("a secret went astray: %s", stray)
	}
	w.strayed = nil
	w.mu.Unlock()
	if line == lightsOf && got.ended == exit.Done {
		w.looksWell(m, got.stdout, fault)
	}
	if line == rightOrRefused && got.ended == exit.Done {
		if m.table != "edits" && m.table != "importing" { // who takes note of edits away is told by a reconciliation only
			w.isRight(m, path, fault)
		}
	}
}

// hostileSigns are those that no output may hold.
var hostileSigns = regexp.MustCompile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u0080-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")

// looksWell holds lights against what was done to what they follow from.
func (w *ward) looksWell(m mutilation, printed string, fault func(string, ...any)) {
	var shown struct {
		Connectors []struct {
			Lights map[string]string
		}
	}
	if err := json.Unmarshal([]byte(printed), &shown); err != nil {
		fault("it is no JSON: %v", err)
		return
	}
	green := func(light string) bool {
		return slices.ContainsFunc(shown.Connectors, func(c struct{ Lights map[string]string }) bool { return c.Lights[light] == "green" })
	}
	for light, columns := range map[string]string{
		"data_age":   "freshness emptied|freshness.as_of|freshness.account|freshness.resource",
		"connection": "connectors.state|connectors.scopes|connectors.checked_at|secrets emptied|secrets.name|secrets.store|secrets.provider|accounts emptied|accounts.external_id",
		"last_run":   "runs emptied|runs.kind|runs.status|runs.store",
	} {
		if m.String() == "connectors.checked_at before all times" {
			continue // long ago is when the shop answered, and nothing else is wrong
		}
		for column := range strings.SplitSeq(columns, "|") {
			if (m.table+"."+m.column == column || m.String() == column) && green(light) {
				fault("the light %s is green", light)
			}
		}
	}
}

// isRight makes sure that an import which ended well brought what the shop has.
func (w *ward) isRight(m mutilation, path string, fault func(string, ...any)) {
	got := w.typed(w.Context(), []string{"reconcile", "--exit-code", "--state", path})
	if got.ended == exit.Different {
		fault("the import ended well, and reconcile says\n%.2000s", got.stdout)
	}
}

func (w *ward) typed(ctx context.Context, args []string) printed {
	var stdout, stderr locked
	ended := Run(ctx, terminal.Env{
		Args: args, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr,
		LookupEnv: w.lookupEnv, OpenBrowser: w.browser, Now: w.now, Transport: w.way,
	})
	return printed{ended, stdout.String(), stderr.String()}
}

// watch notes each request that carries a secret to another host than the shop's.
func (w *ward) watch() {
	w.intercept = func(to http.ResponseWriter, r *http.Request, next http.Handler) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		text := r.Host + r.URL.String() + fmt.Sprint(r.Header) + string(body)
		for _, secret := range w.server.Secrets() {
			if r.Host != teaShop && len(secret) > 11 && strings.Contains(text, secret) {
				w.mu.Lock()
				w.strayed = append(w.strayed, r.Method+" "+r.Host+r.URL.Path)
				w.mu.Unlock()
			}
		}
		next.ServeHTTP(to, r)
	}
}
