package extsort

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
)

// pair is an entry with copies of what it holds.
type pair struct{ key, payload string }

func all(t testing.TB, sorted iter.Seq2[importer.Entry, error]) (pairs []pair) {
	t.Helper()
	for entry, err := range sorted {
		if err != nil {
			t.Fatal(err)
		}
		pairs = append(pairs, pair{string(entry.Key), string(entry.Payload)})
	}
	return pairs
}

// Whatever is put comes out as a stable sort in memory has it, twice, whether it fits
// the buffer or not, and also where entries are larger than the buffer.
func TestSortedIsAStableSort(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		count := rapid.SampledFrom([]int{0, 1, 50, 3000}).Draw(rt, "entries")
		keys := rapid.IntRange(1, 200).Draw(rt, "keys")
		long := rapid.SampledFrom([]int{0, 10, 2000}).Draw(rt, "payload")
		prefix := rapid.SampledFrom([]string{"", "gid://shopify/Product/"}).Draw(rt, "prefix")
		ordered := rapid.Bool().Draw(rt, "ordered")
		random := rand.New(rand.NewPCG(seed, 1)) // #nosec G404 -- entries of a test
		want := make([]pair, count)
		for i := range want {
			want[i] = pair{fmt.Sprint(prefix, random.IntN(keys)), fmt.Sprint(i, strings.Repeat("x", random.IntN(long+1)))}
			if random.IntN(5000) == 0 {
				want[i].payload += strings.Repeat("y", bufferBytes)
			}
		}
		inOrder := func(a, b pair) int { return strings.Compare(a.key, b.key) }
		if ordered {
			slices.SortStableFunc(want, inOrder)
		}
		s := New("")
		defer s.Close()
		for _, p := range want {
			if err := s.PutEntry([]byte(p.key), []byte(p.payload)); err != nil {
				rt.Fatal(err)
			}
		}
		slices.SortStableFunc(want, inOrder)
		for range 2 {
			if got := all(t, s.SortedEntries()); !slices.Equal(got, want) {
				rt.Fatalf("%d entries come out as %d, or in another order", len(want), len(got))
			}
		}
	})
}

// What is put belongs to whoever put it, and may be used again.
func TestPutCopies(t *testing.T) {
	s := New("")
	key, payload := []byte("b"), []byte("first")
	if err := s.PutEntry(key, payload); err != nil {
		t.Fatal(err)
	}
	copy(key, "a")
	copy(payload, "other")
	if got := all(t, s.SortedEntries()); !slices.Equal(got, []pair{{"b", "first"}}) {
		t.Errorf("%q", got)
	}
}

// Data that comes in order makes one part, however much it is: nothing is merged.
func TestOrderedDataMakesOnePart(t *testing.T) {
	for name, c := range map[string]struct {
		key   func(n int) string
		parts int
	}{
		"in order":    {func(n int) string { return fmt.Sprintf("%03d", n) }, 1},
		"from behind": {func(n int) string { return fmt.Sprintf("%03d", 900-n) }, 5},
	} {
		s := New(scratch.Folder(t.TempDir()))
		for n := range 20 {
			if err := s.PutEntry([]byte(c.key(n)), make([]byte, bufferBytes/4-3)); err != nil {
				t.Fatal(err)
			}
		}
		if got := len(all(t, s.SortedEntries())); got != 20 || len(s.spilled.parts) != c.parts {
			t.Errorf("%s: %d entries in %d parts, want 20 in %d", name, got, len(s.spilled.parts), c.parts)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A file that was cut is an error, and no end of the entries.
func TestACutFileIsAnError(t *testing.T) {
	for _, left := range []int64{0, 1, bufferBytes / 2, bufferBytes + 20, 2*bufferBytes + 10} {
		s := New("")
		for n := range 3 {
			if err := s.PutEntry(fmt.Append(nil, 3-n), make([]byte, bufferBytes)); err != nil {
				t.Fatal(err)
			}
		}
		for range s.SortedEntries() { // all is in the file from here on
		}
		if err := s.spilled.file.Truncate(left); err != nil {
			t.Fatal(err)
		}
		var told error
		for _, err := range s.SortedEntries() {
			told = errors.Join(told, err)
		}
		if told == nil {
			t.Errorf("with %d bytes left nothing is said", left)
		}
		s.Close()
	}
}

// Nothing is left of a sorter, and a folder that takes no file is told as such.
func TestTheFile(t *testing.T) {
	folder := t.TempDir()
	full := func(in string) (*Sorter, error) {
		s := New(scratch.Folder(in))
		err := s.PutEntry([]byte("a"), make([]byte, bufferBytes))
		return s, errors.Join(err, s.PutEntry([]byte("b"), nil))
	}
	s, err := full(folder)
	if err != nil || s.spilled == nil {
		t.Fatal(err, s.spilled)
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
	if _, err := full(filepath.Join(folder, "nowhere")); err == nil {
		t.Error("a folder that is not there takes a file")
	}
}

func BenchmarkSorter(b *testing.B) {
	b.ReportAllocs()
	payload := make([]byte, 200)
	for range b.N {
		s := New("")
		for i := range 100_000 {
			key := [8]byte{byte(i * 7919), byte(i >> 3), byte(i >> 8), byte(i >> 16), byte(i)}
			if err := s.PutEntry(key[:], payload); err != nil {
				b.Fatal(err)
			}
		}
		for _, err := range s.SortedEntries() {
			if err != nil {
				b.Fatal(err)
			}
		}
		_ = s.Close()
	}
}
