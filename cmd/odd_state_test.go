package cmd

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/testdata/campaign"
)

// What lies in the state file's place and is no file of ours is refused by every
// command, and left as it is.
//
// hazard P7, S8
func TestOddStateFiles(t *testing.T) {
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	whole := filepath.Join(d.folder, "eshopctl", "state.db")
	folder := t.TempDir()
	for name, make := range map[string]func(path string) error{
		"a link":             func(path string) error { return os.Symlink(whole, path) },
		"a link to nowhere":  func(path string) error { return os.Symlink(filepath.Join(folder, "nowhere"), path) },
		"a folder":           func(path string) error { return os.Mkdir(path, 0o700) },
		"a pipe":             func(path string) error { return syscall.Mkfifo(path, 0o600) },
		"a socket":           func(path string) error { return syscall.Mknod(path, syscall.S_IFSOCK|0o600, 0) },
		"a device":           func(path string) error { return os.Symlink("/dev/zero", path) },
		"a folder of a file": func(path string) error { return os.WriteFile(filepath.Dir(path), []byte("x"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "in", "state.db")
			if !strings.Contains(name, "of a file") {
				if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
			}
			if err := make(path); err != nil {
				t.Skip(err)
			}
			before, lost := os.Lstat(path)
			for _, command := range []string{connectTea, "status", "status --probe", "import run --store main --yes", "catalog products", "state info", "state backup " + folder + "/copy.db", "disconnect shopify --store main --yes"} {
				got := d.expect(exit.Failed, command+" --state "+path, "state file")
				if !saysWhatIsNext(got.stderr) {
					t.Errorf("eshopctl %s does not say what to do: %s", command, got.stderr)
				}
			}
			after, err := os.Lstat(path)
			if (err == nil) != (lost == nil) || lost == nil && (after.Mode() != before.Mode() || after.Size() != before.Size()) {
				t.Errorf("it is %v now, and was %v", after, before)
			}
		})
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	d.expect(exit.Done, "status --probe", "green")
}

// A state file in which something is damaged is refused, or serves for what is not
// damaged. Nothing panics, no copy of it is kept, and no run says that it did what it
// did not do.
//
// hazard P9
func TestDamagedStateFiles(t *testing.T) {
	times := campaign.Of(t, "damaged files", 8, 30, 500)
	d := newCounter(t)
	d.expect(exit.Done, connectTea)
	d.expect(exit.Done, "import run --store main --yes")
	path := filepath.Join(d.folder, "eshopctl", "state.db")
	if err := execSQL(path, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	random := rand.New(rand.NewPCG(8, 9))
	ends := map[string]int{}
	for i := range times {
		damaged := append([]byte{}, sound...)
		what := ""
		switch i % 4 {
		case 0:
			n := random.IntN(len(damaged))
			damaged, what = damaged[:n], fmt.Sprintf("cut off at %d", n)
		case 1:
			at := random.IntN(100)
			damaged[at] ^= byte(1 << random.IntN(8))
			what = fmt.Sprintf("bit in the header at %d", at)
		case 2:
			at := random.IntN(len(damaged)/16384) * 16384
			for j := range 64 {
				damaged[at+j] = byte(random.Uint32())
			}
			what = fmt.Sprintf("head of the page at %d", at)
		default:
			for range 40 {
				damaged[100+random.IntN(len(damaged)-100)] = byte(random.Uint32())
			}
			what = "bytes anywhere"
		}
		folder := t.TempDir()
		at := filepath.Join(folder, "state.db")
		if err := os.WriteFile(at, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"status", "catalog products -o jsonl", "runs show latest", "state backup " + folder + "/copy.db", "import run --store main --yes", "import preview --store main"} {
			got := d.run(command + " --state " + at)
			ends[fmt.Sprintf("%s: %d", strings.Fields(command)[0], got.ended)]++
			if got.ended != exit.Done && got.ended != exit.Partial && !saysWhatIsNext(got.stderr) {
				t.Errorf("%s: eshopctl %s: exit status %d\n%s", what, command, got.ended, got.stderr)
			}
		}
		if _, err := os.Lstat(folder + "/copy.db"); err == nil {
			assertWhole(t, what, folder+"/copy.db")
		}
	}
	t.Log(ends)
}

// saysWhatIsNext looks for the step that an error ends with, or for several below each
// other.
func saysWhatIsNext(told string) bool { return nextStep.MatchString(told) }

var nextStep = regexp.MustCompile(`(?m)^ *next(: |$)`)

func assertWhole(t *testing.T, what, path string) {
	t.Helper()
	db, err := openSQL(path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if verdict, err := integrity(db); err != nil || verdict != "ok" {
		t.Errorf("%s: a copy was kept: %s, %v", what, verdict, err)
	}
}

// A clock that is a day off, here or there, stops no run and asks for no token again
// and again.
//
// hazard N18
func TestWrongClocks(t *testing.T) {
	for _, off := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		t.Run(off.String(), func(t *testing.T) {
			d := newCounter(t)
			d.expect(exit.Done, connectTea)
			renewals := 0
			d.intercept = func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				if strings.HasSuffix(r.URL.Path, "/access_token") {
					renewals++
				}
				next.ServeHTTP(w, r)
			}
			d.now = func() time.Time { return time.Now().Add(off) }
			for i := range 4 {
				if err := d.shop.SetPrice("POT-1", fmt.Sprintf("%d.00", 40+i)); err != nil {
					t.Fatal(err)
				}
				d.expect(exit.Done, "import run --store main --yes")
				if listed := d.run("catalog variants --store main --search POT-1 -o jsonl").stdout; !strings.Contains(listed, fmt.Sprintf(`"%d.00"`, 40+i)) {
					t.Errorf("run %d did not bring the price: %s", i, listed)
				}
			}
			if renewals > 1 {
				t.Errorf("the token was renewed %d times", renewals)
			}
			d.expect(exit.Failed, "doctor --store main", "set the clock")
		})
	}
}
