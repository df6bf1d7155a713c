package cmd

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/testdata/campaign"
)

// oneImport is an import of changes: it writes, updates and removes rows.
func oneImport() *scene {
	return &scene{name: "import", prepare: both(typing(connectMain, runMain), sometimeLater), command: runMain, settled: func(d *desk) { d.assertStock(); d.assertConverged() }}
}

// storage kills an import at the events of its storage, and lets them fail: for
// once or from then on, with EIO, a full disk, or an error of what was done all the
// same.
//
// hazard P1, P4, P5, P6
func (b *breaker) storage(t *testing.T) {
	s := b.set(t, oneImport())
	events := 0
	for _, e := range s.desk.logged(s.line()) {
		if e.Op == "reach" && e.Path == "storage" {
			events++
		}
	}
	s.willBe = s.desk.content()
	if events < 50 {
		t.Fatalf("only %d events", events)
	}
	step := max(1, events/campaign.Of(t, "events", 1, 4, events))
	for i, way := range []string{"kill", "eio", "full", "late"} {
		for n := 1 + i*step/4; n <= events; n += step {
			actions := []string{fmt.Sprintf("%s@%d", way, n)}
			if way != "kill" {
				actions = append(actions, actions[0]+"+")
			}
			for _, action := range actions {
				t.Run(action, func(t *testing.T) {
					desk := *s.desk
					on := *s
					on.desk, desk.t = &desk, t
					on.reset()
					got, logged := on.desk.breaksLogged(on.line(), variable("storage", action))
					if way == "kill" && got.status != -1 && timesComingTo(logged)["storage"] >= n { // the number of events wanders
						t.Errorf("it was not killed: %d", got.status)
					}
					on.look("storage")
					if strings.Contains(got.told, "panic") || got.status == 2 {
						t.Errorf("it panics:\n%s", got.told)
					}
					if got.status > 0 && !saysWhatIsNext(got.told) {
						t.Errorf("it does not say what to do:\n%s", got.told)
					}
				})
				b.count("times " + way + " at an event of the storage")
			}
		}
	}
}

// sector is what a disk writes whole, unless it is torn.
const sector = 512

// disk replays what a program did to its state file. What was not synced may have
// reached the disk, or not, sector by sector, when the power goes.
type disk struct {
	safe    map[string][]byte
	pending map[string][]event
	random  *rand.Rand
}

func (k *disk) replay(e event) {
	switch e.Op {
	case "write", "truncate":
		k.pending[e.Path] = append(k.pending[e.Path], e)
	case "sync":
		for _, waiting := range k.pending[e.Path] {
			k.safe[e.Path] = done(k.safe[e.Path], waiting)
		}
		k.pending[e.Path] = nil
	case "remove":
		delete(k.safe, e.Path)
		delete(k.pending, e.Path)
	}
}

func done(file []byte, e event) []byte {
	end := int(e.At) + len(e.Data)
	if e.Op == "truncate" && len(file) > end {
		return file[:end]
	}
	if len(file) < end {
		file = append(file, make([]byte, end-len(file))...)
	}
	copy(file[e.At:], e.Data)
	return file
}

// cut is what lies on the disk after the power went: kind 0 nothing that was not
// synced, 1 all of it, else some of its sectors, torn ones too.
func (k *disk) cut(kind int) map[string][]byte {
	left := map[string][]byte{}
	for path := range k.pending {
		left[path] = nil
	}
	for path, file := range k.safe {
		left[path] = bytes.Clone(file)
	}
	for path, waiting := range k.pending {
		for _, e := range waiting {
			if e.Op == "truncate" {
				if k.keeps(kind) {
					left[path] = done(left[path], e)
				}
				continue
			}
			for from := 0; from < len(e.Data); from += sector {
				part := event{Op: "write", At: e.At + int64(from), Data: e.Data[from:min(from+sector, len(e.Data))]}
				switch {
				case k.keeps(kind):
					left[path] = done(left[path], part)
				case kind > 1 && k.random.IntN(5) == 0:
					torn := make([]byte, len(part.Data))
					for i := range torn {
						torn[i] = byte(k.random.Uint32())
					}
					part.Data = torn
					left[path] = done(left[path], part)
				}
			}
		}
	}
	return left
}

func (k *disk) keeps(kind int) bool { return kind == 1 || kind > 1 && k.random.IntN(2) == 0 }

// power cuts the power at the events of an import. No file may be corrupt, and no
// run that was acknowledged lost.
//
// hazard P2
func (b *breaker) power(t *testing.T) {
	s := b.set(t, oneImport())
	s.reset()
	path := s.desk.statePath()
	k := &disk{safe: map[string][]byte{}, pending: map[string][]event{}, random: rand.New(rand.NewPCG(7, 7))}
	for _, file := range []string{path, path + "-wal"} {
		if content, err := os.ReadFile(file); err == nil {
			k.safe[file] = content
		}
	}
	events := s.desk.logged(s.line())
	willBe := s.desk.content()
	kinds := campaign.Of(t, "kinds", 3, 3, 20)
	every := max(1, len(events)/campaign.Of(t, "events", 10, 60, len(events)))
	acknowledged := false
	for i, e := range events {
		k.replay(e)
		acknowledged = acknowledged || e.Op == "reach" && e.Path == "commit/done"
		if e.Op == "reach" || i%every != 0 {
			continue
		}
		for kind := range kinds {
			desk := *s.desk
			desk.home, desk.state = t.TempDir(), ""
			desk.state = filepath.Join(desk.home, "state.db")
			for file, content := range k.cut(kind) {
				if strings.HasSuffix(file, "-shm") {
					continue
				}
				if err := os.WriteFile(filepath.Join(desk.home, filepath.Base(file)), content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			assertSound(t, desk.state)
			if is := desk.content(); is != willBe && (acknowledged || is != s.was) {
				t.Errorf("event %d, kind %d: the catalogue is not as it should be (acknowledged: %t)", i, kind, acknowledged)
			}
			b.count("states of the disk after the power went")
			_ = os.RemoveAll(desk.home)
		}
	}
	if !acknowledged {
		t.Error("nothing was acknowledged")
	}
}
