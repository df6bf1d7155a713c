package state

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/statetest"
)

// oneMoment is what all clocks of these tests show.
func oneMoment() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// startRuns begins runs of a store, and prints their ids, one a line.
func startRuns(ctx context.Context, db *DB, store string, n int) (ids []string, err error) {
	for range n {
		run, err := db.BeginRun(ctx, importer.NewRun(importer.KindPreview, connector.Connector{Store: store, Provider: "shopify", Domain: "tea.myshopify.com", AccountID: "1"}, db.place.Now()))
		if err != nil {
			return ids, err
		}
		ids = append(ids, run.ID)
	}
	return ids, nil
}

// Many runs begin in one moment, each of another store.
func TestRunsOfOneMomentHaveTheirOwnIDs(t *testing.T) {
	db, err := Create(t.Context(), filepath.Join(t.TempDir(), "state.db"), WithClock(oneMoment))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const starts = 64
	ids := make([]string, starts)
	var all sync.WaitGroup
	for i := range starts {
		all.Go(func() {
			started, err := startRuns(t.Context(), db, fmt.Sprintf("store-%d", i), 1)
			if err != nil {
				t.Error(err)
				return
			}
			ids[i] = started[0]
		})
	}
	all.Wait()
	assertDistinct(t, ids, starts)
}

// Many processes begin runs in one moment, in one state file.
func TestProcessesGiveTheirRunsIDsOfTheirOwn(t *testing.T) {
	const processes, starts = 16, 40
	if path, ok := os.LookupEnv("START_RUNS_IN"); ok {
		startAsProcess(t, path, starts)
		return
	}
	path := filepath.Join(t.TempDir(), "state.db")
	db, err := Create(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var commands []*exec.Cmd
	for i := range processes {
		command := exec.Command(os.Args[0], "-test.run=^"+t.Name()+"$")
		command.Env = append(os.Environ(), "START_RUNS_IN="+path, fmt.Sprintf("STORE=store-%d", i), fmt.Sprintf("IDS=%s.%d", path, i), "GORACE=atexit_sleep_ms=0")
		command.Stderr = os.Stderr
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		commands = append(commands, command)
	}
	var ids []string
	for i, command := range commands {
		if err := command.Wait(); err != nil {
			t.Fatal(err)
		}
		written, err := os.ReadFile(fmt.Sprintf("%s.%d", path, i))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, strings.Fields(string(written))...)
	}
	assertDistinct(t, ids, processes*starts)
}

func startAsProcess(t *testing.T, path string, starts int) {
	db, err := Open(t.Context(), path, WithClock(oneMoment))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	ids, err := startRuns(t.Context(), db, os.Getenv("STORE"), starts)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(os.Getenv("IDS"), []byte(strings.Join(ids, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
}

func assertDistinct(t *testing.T, ids []string, want int) {
	t.Helper()
	slices.Sort(ids)
	if distinct := slices.Compact(slices.Clone(ids)); len(distinct) != want {
		t.Errorf("%d runs have %d ids, such as %s", want, len(distinct), ids[0])
	}
}

// A drawn id that is taken is not used: another is drawn, and a file in which none
// is free is told, not asked for ever.
func TestATableThatTakesNoRun(t *testing.T) {
	b := newBench(t, statetest.NewShelf(1))
	b.exec("CREATE TRIGGER taken BEFORE INSERT ON runs BEGIN SELECT RAISE(IGNORE); END")
	_, err := startRuns(t.Context(), b.db, "main", 1)
	if unusable := (*UnusableError)(nil); !errors.As(err, &unusable) || !strings.Contains(err.Error(), "takes no new run") {
		t.Error(err)
	}
}

// Runs are named by their ids or what these begin with. An exact id names its run,
// also where other ids begin with it: those of older versions were shorter.
func TestRunsAreFoundByTheirIDs(t *testing.T) {
	b := newBench(t, statetest.NewShelf(1))
	for store, ids := range map[string][]string{
		"main":   {"20261123-0944-k3f9", "20261123-0944-k3f9wq2c", "20261123-0944-k3f9wq2d", "20261123-0945-k3f9wq2c", "20261123-0945-k3f9wq2cx"},
		"outlet": {"20261123-0944-k3", "20261123-0944-k3f9wq2e"},
	} {
		for _, id := range ids {
			run, err := startRuns(t.Context(), b.db, store, 1)
			if err != nil {
				t.Fatal(err)
			}
			b.exec("UPDATE runs SET id = '" + id + "' WHERE id = '" + run[0] + "'")
		}
	}
	for _, c := range []struct {
		store, typed string
		want         string // "" for none
		err          error
	}{
		{"", "20261123-0944-k3f9", "20261123-0944-k3f9", nil},
		{"main", "20261123-0944-k3f9", "20261123-0944-k3f9", nil},
		{"", "20261123-0944-k3", "20261123-0944-k3", nil},
		{"main", "20261123-0944-k3", "", importer.ErrSeveralRuns},
		{"main", "20261123-0944-k3f9w", "", importer.ErrSeveralRuns},
		{"outlet", "20261123-0944-k3f9", "20261123-0944-k3f9wq2e", nil},
		{"", "20261123-0944-k3f9wq2c", "20261123-0944-k3f9wq2c", nil},
		{"", "20261123-0945-k3f9wq2c", "20261123-0945-k3f9wq2c", nil},
		{"", "20261123-0945-k3f9wq2cx", "20261123-0945-k3f9wq2cx", nil},
		{"", "20261123-0945", "", importer.ErrSeveralRuns},
		{"", "20261123-0944-k3f9wq2cx", "", importer.ErrNoRun},
		{"", "20261123-0944-K3F9", "", importer.ErrNoRun},
		{"outlet", "20261123-0944-k3f9wq2c", "", importer.ErrNoRun},
		{"", "2027", "", importer.ErrNoRun},
		{"", "", "", importer.ErrNoRun},
		{"", "%", "", importer.ErrNoRun},
	} {
		run, err := b.db.Run(t.Context(), c.store, c.typed)
		if run.ID != c.want || !errors.Is(err, c.err) {
			t.Errorf("%q of store %q: %q, %v; want %q, %v", c.typed, c.store, run.ID, err, c.want, c.err)
		}
	}
}
