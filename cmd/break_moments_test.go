package cmd

import (
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// scene is a situation in which a command is broken.
type scene struct {
	name    string
	prepare func(d *desk)
	command string // HOME stands for the desk's home folder
	alone   bool   // the shop remembers what was done, so that each case needs a new one
	at      string // how the names of the moments begin that are tried

	again     int           // an exit status, besides 0, of the same command afterwards
	meanwhile func(d *desk) // what must work before that
	settled   func(d *desk) // what must hold after it
}

const (
	connectMain = "connect shopify --store main --shop tea-and-cups --auth browser"
	runMain     = "import run --store main --yes"
)

// typing types commands, one after the other.
func typing(commands ...string) func(*desk) {
	return func(d *desk) {
		for _, command := range commands {
			d.mustRun(strings.Fields(command)...)
		}
	}
}

func both(first, then func(*desk)) func(*desk) {
	return func(d *desk) { first(d); then(d) }
}

// scenes are commands in a store that holds nothing yet, and in one that does.
func scenes(t *testing.T) []*scene {
	imported := func(d *desk) { d.assertStock(); d.assertConverged() }
	changed := both(typing(connectMain, runMain), sometimeLater)
	all := []*scene{
		{name: "connect", prepare: typing(), command: connectMain, alone: true, settled: live},
		{name: "connect again", prepare: typing(connectMain, runMain), command: connectMain, alone: true, meanwhile: liveOrReplaced, settled: live},
		{name: "refresh", prepare: both(typing(connectMain), expired), command: "status --probe", alone: true, settled: live},
		{name: "preview by pages", prepare: typing(connectMain), command: "import preview --reader paged"},
		{name: "preview by bulk", prepare: typing(connectMain), command: "import preview --reader bulk"},
		{name: "preview of changes", prepare: changed, command: "import preview --reader bulk"},
		{name: "import by pages", prepare: typing(connectMain), command: runMain + " --reader paged", settled: imported},
		{name: "import by bulk", prepare: typing(connectMain), command: runMain + " --reader bulk", settled: imported},
		{name: "import of changes by pages", prepare: changed, command: runMain + " --reader paged", settled: imported},
		{name: "import of changes by bulk", prepare: changed, command: runMain + " --reader bulk", settled: imported},
		{name: "a plan", prepare: both(changed, typing("import preview")), command: runMain + " latest", again: exit.Stale, settled: imported},
		{name: "disconnect", prepare: typing(connectMain, runMain), command: "disconnect shopify --store main --yes", alone: true, settled: gone},
		{name: "disconnect here only", prepare: typing(connectMain, runMain), command: "disconnect shopify --store main --yes --local", alone: true, settled: forgotten},
		{name: "merge", prepare: typing(connectMain, runMain, "warehouses unlink 1 --store main"), command: "warehouses merge 1 2 --store main --yes", again: exit.Usage},
		{name: "backup", prepare: typing(connectMain, runMain), command: "state backup HOME/.local/copy.db", again: exit.Usage, settled: copied},
		{name: "restore", prepare: both(typing(connectMain, runMain), backedUp), command: "state restore HOME/.local/copy.db --yes", alone: true, settled: live},
	}
	for _, version := range campaign.Some(t, "older schemas", olderSchemas(t), 3, 6) {
		all = append(all, &scene{name: fmt.Sprintf("migration of %d", version), prepare: ofOld(version), command: connectMain, alone: true, at: "migrate/", settled: live})
	}
	return all
}

func olderSchemas(t testing.TB) (versions []int) {
	for version := firstKept; version < newest(t); version++ {
		versions = append(versions, version)
	}
	return versions
}

// sometimeLater is what a merchant does after an import.
func sometimeLater(d *desk) {
	d.t.Helper()
	err := errors.Join(d.shop.SetPrice("POT-1", "42.00"), d.shop.RenameLocation("Shop York", "Shop York Minster"), d.shop.RemoveProduct("breakfast-tea"),
		d.shop.Sell("JUG-1", "Warehouse Leeds", 2))
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = d.shop.AddProduct(sandboxtest.NewProduct{Handle: "gaiwan", Title: "Gaiwan"})
	if err != nil {
		d.t.Fatal(err)
	}
}

// backedUp keeps a copy for "restore".
func backedUp(d *desk) { d.t.Helper(); d.mustRun("state", "backup", d.home+"/.local/copy.db") }

func expired(d *desk) { d.server.ExpireTokens(d.shop.Domain()) }

// live makes sure that the connection works, and still does when its token has
// ended.
func live(d *desk) {
	d.t.Helper()
	for range 2 {
		if printed := d.mustRun("status", "--probe", "-o", "json"); !strings.Contains(printed, `"state":"live"`) && !strings.Contains(printed, `"state": "live"`) {
			d.t.Errorf("the connection is not live: %s", printed)
		}
		expired(d)
	}
}

// liveOrReplaced is for a process that was killed after the shop gave it new tokens,
// and before it could keep them: those that it had are worth nothing any more. The
// card says so.
func liveOrReplaced(d *desk) {
	d.t.Helper()
	expired(d)
	printed, _, _ := d.run("status", "--probe", "-o", "json")
	if strings.Contains(printed, `"reason": "token_rejected"`) && strings.Contains(printed, "eshopctl connect shopify") {
		return
	}
	live(d)
}

func gone(d *desk) {
	d.t.Helper()
	if d.server.Installed(d.shop.Domain()) {
		d.t.Error("the app is still installed in the shop")
	}
	forgotten(d)
}

func forgotten(d *desk) {
	d.t.Helper()
	if printed := d.mustRun("status", "-o", "json"); !strings.Contains(printed, `disconnected`) {
		d.t.Errorf("it is not disconnected: %s", printed)
	}
	assertNone(d.t, d.statePath(), map[string]string{"secrets": "SELECT count(*) FROM secrets"})
	d.mustRun("catalog", "products")
}

func copied(d *desk) {
	d.t.Helper()
	path := filepath.Join(d.home, ".local", "copy.db")
	assertPrivate(d.t, path)
	assertSound(d.t, path)
	if left, _ := filepath.Glob(path + "?*"); len(left) > 1 {
		d.t.Errorf("left behind: %v", left)
	}
}

// migrationsOf are the files that made each version of the schema.
func migrationsOf(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "state", "migrations", "*.sql"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	return files
}

// newest is the version that the last of them makes; the first makes firstKept.
func newest(t testing.TB) int { return firstKept + len(migrationsOf(t)) - 1 }

// isOld reports whether a state file has not the newest schema.
func isOld(t testing.TB, path string) bool {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var version int
	return db.QueryRow("PRAGMA user_version").Scan(&version) == nil && version < newest(t)
}

// ofOld makes a state file as an older version did, with a store that was never
// connected.
func ofOld(version int) func(*desk) {
	return func(d *desk) {
		d.t.Helper()
		path := d.statePath()
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			d.t.Fatal(err)
		}
		for _, file := range migrationsOf(d.t)[:version-firstKept+1] {
			statements, err := os.ReadFile(file)
			if err = errors.Join(err, execSQL(path, string(statements))); err != nil {
				d.t.Fatal(err)
			}
		}
		err := execSQL(path, fmt.Sprintf(`INSERT INTO connectors (store, provider, state, reason, domain, sandbox, auth, client_id)
			VALUES ('old', 'shopify', 'failed', 'timeout', 'old.myshopify.com', 1, 'browser', 'id');
			PRAGMA application_id = 0x65536870; PRAGMA user_version = %d`, version))
		if err = errors.Join(err, os.Chmod(path, 0o600)); err != nil {
			d.t.Fatal(err)
		}
	}
}

// set is a scene made ready.
type set struct {
	*scene
	desk          *desk
	before        string // a home folder
	was, willBe   string // digests of the catalogue
	moments       []string
	timesComingTo map[string]int
}

func (b *breaker) set(t *testing.T, s *scene) *set {
	t.Helper()
	on := &set{scene: s, desk: b.desk(t, sandboxtest.DefaultShop())}
	s.prepare(on.desk)
	on.before, on.was = on.desk.home, on.desk.content()
	return on
}

// rehearse runs the command undisturbed, to learn which moments it comes to.
func (s *set) rehearse() {
	s.reset()
	s.timesComingTo = map[string]int{}
	for moment, times := range timesComingTo(s.desk.logged(s.line())) {
		if moment != "storage" && strings.HasPrefix(moment, s.at) {
			s.timesComingTo[moment] = times
		}
	}
	s.moments = slices.Sorted(maps.Keys(s.timesComingTo))
	s.willBe = s.desk.content()
}

// timesComingTo counts how often each moment was come to.
func timesComingTo(events []event) map[string]int {
	times := map[string]int{}
	for _, e := range events {
		if e.Op == "reach" {
			times[e.Path]++
		}
	}
	return times
}

// reset brings the home folder back to what it was before.
func (s *set) reset() {
	s.desk.home = s.desk.t.TempDir()
	copyFolder(s.desk.t, s.before, s.desk.home)
}

func (s *set) line() string { return strings.ReplaceAll(s.command, "HOME", s.desk.home) }

// harmless are moments at which an error is only told.
var harmless = []string{"finish/pruning", "commit/done"}

// breakAt runs the command, which breaks at a moment, and then again.
func (s *set) breakAt(moment, action string) {
	s.reset()
	d := s.desk
	t := d.t
	got, events := d.breaksLogged(s.line(), variable(moment, action))
	what, nth, _ := strings.Cut(action, "@")
	wanted, _ := strconv.Atoi(nth)
	switch {
	case timesComingTo(events)[moment] < wanted && got.status == exit.Done: // how often a shop is asked for its progress wanders
		t.Logf("it did not come so often to %s", moment)
	case what == "kill" && got.status != -1:
		t.Errorf("it was to be killed, but ended with %d", got.status)
	case what == "error" && got.status == exit.Done && !slices.Contains(harmless, moment):
		t.Errorf("it says that all went well:\n%s%s", got.printed, got.told)
	case what == "error" && got.status != exit.Done && !saysWhatIsNext(got.told):
		t.Errorf("it does not say what to do:\n%s", got.told)
	case what == "term" && got.status != exit.Interrupted && got.status != exit.Done:
		t.Errorf("stopped it ends with %d:\n%s%s", got.status, got.printed, got.told)
	}
	s.look(moment)
	if t.Failed() {
		t.Logf("broken it said:\n%s%s", got.printed, got.told)
	}
}

// look makes sure that nothing was harmed, and that the same command leads to the
// right end.
func (s *set) look(moment string) {
	d := s.desk
	t := d.t
	assertUnharmed(t, d.home)
	if is := d.content(); is != s.was && is != s.willBe && d.hasState() && s.was != "" {
		t.Error("the catalogue is neither as it was nor as it should be")
	}
	for _, command := range []string{"runs list", "status"} {
		if !d.hasState() {
			break
		}
		if _, told, status := d.run(strings.Fields(command)...); status != exit.Done && (!isOld(t, d.statePath()) || !strings.Contains(told, "older eshopctl")) {
			t.Errorf("%s: exit status %d\n%s", command, status, told)
		}
	}
	if s.meanwhile != nil {
		s.meanwhile(d)
	}
	printed, told, status := d.run(strings.Fields(s.line())...)
	if status != exit.Done && (status != s.again || s.again == 0) {
		t.Errorf("the same command again: exit status %d\n%s%s", status, printed, told)
	}
	if d.content() != s.willBe {
		t.Error("the same command again did not bring the catalogue to where it should be")
	}
	if s.settled != nil {
		s.settled(d)
	}
	d.assertInvariants()
}

var actions = []string{"kill", "error", "term"}

// moments breaks the program at every moment that has a name, once in each way and
// each scene, or in a sample once.
//
// hazard P1, P3, P11, P21, P26, S10, S15, O29
func (b *breaker) moments(t *testing.T) {
	all := scenes(t)
	sets := make([]*set, len(all))
	t.Run("rehearsal", func(t *testing.T) {
		for i, s := range all {
			t.Run(s.name, func(t *testing.T) {
				t.Parallel()
				sets[i] = b.set(t, s)
				sets[i].rehearse()
			})
		}
	})
	if t.Failed() {
		return
	}
	where := map[string][]*set{}
	for _, s := range sets {
		for _, moment := range s.moments {
			where[moment] = append(where[moment], s)
		}
	}
	for _, moment := range namedMoments(t) {
		if len(where[moment]) == 0 {
			t.Errorf("no scene comes to %s", moment)
		}
	}
	full := campaign.Asked() == campaign.Full
	for i, s := range sets {
		var cases [][2]string
		for _, moment := range s.moments {
			chosen := hashOf(moment)
			if campaign.Asked() == campaign.Quick && chosen%6 > 0 {
				continue
			}
			for j, action := range actions {
				if full || where[moment][chosen%len(where[moment])] == s && chosen/7%len(actions) == j {
					cases = append(cases, [2]string{moment, action})
				}
				if last := s.timesComingTo[moment]; full && last > 1 {
					cases = append(cases, [2]string{moment, fmt.Sprintf("%s@%d", action, last)}, [2]string{moment, fmt.Sprintf("%s@%d", action, (last+1)/2)})
				}
			}
		}
		if len(cases) == 0 {
			continue
		}
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			b.play(t, sets[i], cases)
		})
	}
}

// play breaks a scene at moments, in ways.
func (b *breaker) play(t *testing.T, rehearsed *set, cases [][2]string) {
	var shared *set
	if !rehearsed.alone {
		shared = b.set(t, rehearsed.scene)
	}
	for _, c := range cases {
		t.Run(strings.ReplaceAll(c[0], "/", " ")+" "+c[1], func(t *testing.T) {
			on := shared
			if on == nil {
				on = b.set(t, rehearsed.scene)
			}
			on.in(t, rehearsed.willBe).breakAt(c[0], c[1])
			b.count("times broken at a named moment")
		})
	}
}

// in is the set for one test, which leads to that content.
func (s *set) in(t *testing.T, willBe string) *set {
	on, desk := *s, *s.desk
	desk.t = t
	on.desk, on.willBe = &desk, willBe
	return &on
}

func hashOf(text string) int {
	sum := fnv.New32a()
	sum.Write([]byte(text))
	return int(sum.Sum32() >> 1)
}

var reach = regexp.MustCompile(`failpoint\.Reach\("([^"]+)"\)`)

// namedMoments finds the moments in the source.
func namedMoments(t *testing.T) []string {
	found := map[string]bool{}
	for _, file := range sourceFiles(t) {
		text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(file.path)))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range reach.FindAllStringSubmatch(string(text), -1) {
			if match[1] != "storage" {
				found[match[1]] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}
