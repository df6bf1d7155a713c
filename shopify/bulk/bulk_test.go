package bulk

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/repeats"
)

// shelf is a shop whose operations end at once, each with the next of its files as its result.
// look, if set, says instead how an operation is.
type shelf struct {
	look           func() *Operation
	refuses        error // to start
	cancelled      int
	objects, roots int
	files          []io.Reader
	known          func(digest string) bool
	ledger         importer.Ledger
	starts         int
	agains         []string // what was tried again
}

func (s *shelf) QueryText(query string) string { return query }

func (s *shelf) StartOperation(context.Context, string) (*Operation, error) {
	s.starts++
	return &Operation{ID: "1", Status: "CREATED"}, s.refuses
}

func (s *shelf) LookAt(context.Context, ...string) (map[string]*Operation, error) {
	if s.look != nil {
		return map[string]*Operation{"1": s.look()}, nil
	}
	return map[string]*Operation{"1": {ID: "1", Status: "COMPLETED", URL: "there", Objects: s.objects, Roots: s.roots}}, nil
}

func (s *shelf) CancelOperation(context.Context, string) { s.cancelled++ }

func (s *shelf) OpenResult(context.Context, *Operation) (io.ReadCloser, error) {
	file := s.files[0]
	if len(s.files) > 1 {
		s.files = s.files[1:]
	}
	return io.NopCloser(file), nil
}

func (s *shelf) Sleep(ctx context.Context, d time.Duration) error {
	if s.look == nil {
		return nil // nothing to wait for
	}
	return connector.Sleep(ctx, d)
}

func (s *shelf) WaitAgain(_ context.Context, err error, _ int) error {
	s.agains = append(s.agains, err.Error())
	return nil
}

func (s *shelf) TellStanding(*Operation, time.Duration, time.Duration) {}

// inMemory is a sorter for few entries.
type inMemory struct{ entries []importer.Entry }

func (m *inMemory) PutEntry(key, payload []byte) error {
	m.entries = append(m.entries, importer.Entry{Key: bytes.Clone(key), Payload: bytes.Clone(payload)})
	return nil
}

func (m *inMemory) SortedEntries() iter.Seq2[importer.Entry, error] {
	slices.SortStableFunc(m.entries, func(a, b importer.Entry) int { return bytes.Compare(a.Key, b.Key) })
	return func(yield func(importer.Entry, error) bool) {
		for _, entry := range m.entries {
			if !yield(entry, nil) {
				return
			}
		}
	}
}

func (m *inMemory) Close() error { return nil }

// bring brings the result of the next file; progress says how far it got.
func (s *shelf) bring(t *testing.T) (result *Result, progress [2]int, err error) {
	t.Helper()
	desk := NewDesk(s, cmp.Or[importer.Ledger](s.ledger, NoLedger{}), "", func() importer.Sorter { return &inMemory{} }, time.Minute)
	result, err = desk.BringResult(t.Context(), List{
		Query: "query", Name: "of things", Keys: func() func([]byte) (repeats.Key, error) { return keyOf }, Known: s.known,
		Check: func(context.Context, *Operation) error { return nil }, Gathered: func(int) {},
		Downloaded: func(roots, all int) {
			if progress = [2]int{roots, all}; roots > all {
				t.Errorf("%d of %d", roots, all)
			}
		},
	})
	t.Cleanup(result.Close)
	return result, progress, err
}

// keyOf reads the key of a line such as "1", or "1/2" for a part of 1. Text behind a blank is
// content; a record named x has no id.
func keyOf(text []byte) (which repeats.Key, err error) {
	name, _, _ := strings.Cut(string(text), " ")
	if name == "x" {
		return repeats.Key{}, nil
	}
	parent, id, part := strings.Cut(name, "/")
	if !part {
		parent, id = "0", parent
	}
	var failed error
	which.Parent, err = strconv.ParseUint(parent, 10, 64)
	which.ID, failed = strconv.ParseUint(id, 10, 64)
	return which, errors.Join(err, failed)
}

func (r *Result) text(t *testing.T) string {
	t.Helper()
	var text strings.Builder
	err := r.Lines(t.Context(), func(l Line) error { fmt.Fprintf(&text, "%s\n", l.Text); return nil })
	if err != nil {
		t.Error(err)
	}
	return text.String()
}

// A file is whole if both counts of the shop agree, and each line can be decoded and is there
// once. A record that comes twice with different content is no fault: it changed while the shop
// gathered the result.
//
// hazard D6
func TestAFileIsHeldAgainstItselfAndTheCounts(t *testing.T) {
	for name, c := range map[string]struct{ file, fails string }{
		"good":                   {"1\n1/1\n2\n2/1\n", ""},
		"parts before records":   {"2/1\n1/1\n2\n1", ""},
		"empty lines":            {"1\n\n1/1\n  \n2\n2/1\n\n", ""},
		"one without an id":      {"1\n1/1\nx\n2/1\n", ""},
		"changed":                {"1\n1/1 a\n2\n1/1 b\n", ""},
		"doubled":                {"1\n1/1 a\n2\n1/1 a\n", "line 4 of the bulk result of things is doubled"},
		"doubled and changed":    {"1/1 a\n1/1 b\n2\n1/1 a\n", "line 4 of the bulk result of things is doubled"},
		"a record doubled":       {"1\n1/1\n1\n2/1\n", "line 3 of the bulk result of things is doubled"},
		"one line too many":      {"1\n1/1\n2\n2/1\n2/2\n", "has 5 lines, but the shop counted 4"},
		"one doubled beside":     {"1\n1/1\n2\n2/1\n2\n", "line 5 of the bulk result of things is doubled"},
		"one that is lost":       {"1\n1/1\n2\n", "ends after line 3, but the shop counted 4"},
		"nothing":                {"", "ends after line 0"},
		"too few without parent": {"1\n1/1\n1/2\n2/1\n", "has 1 lines without a parent, but the shop counted 2"},
		"too many":               {"1\n3\n2\n2/1\n", "has 3 lines without a parent"},
		"of another kind":        {"x\n1/1\nx\n2/1\n", "holds no record of its kind among 2"},
		"cannot be read":         {"1\n1/1\n<html>\n2\n", "line 3 of the bulk result of things cannot be read"},
		"cut off":                {"1\n1/1\n2\n2/", "line 4 of the bulk result of things is cut off"},
		"endless":                {"1\n" + strings.Repeat("\n", 10_000), "goes on after line"},
		"never packed":           {"\x1f\x8b1\n", "line 1 of the bulk result of things cannot be unpacked"},
	} {
		files := []io.Reader{strings.NewReader(c.file), strings.NewReader(c.file), strings.NewReader(c.file), strings.NewReader(c.file)}
		s := &shelf{objects: 4, roots: 2, files: files}
		result, progress, err := s.bring(t)
		var bad *BadFile
		if c.fails == "" && err != nil || c.fails != "" &&
			(!errors.As(err, &bad) || !strings.Contains(bad.Error(), c.fails) || s.starts != 2) {
			t.Errorf("%s: %v after %d operations", name, err, s.starts)
		}
		if err == nil && (progress != [2]int{2, 2} || strings.Count(result.text(t), "\n") != 4) {
			t.Errorf("%s: progress %v, lines %q", name, progress, result.text(t))
		}
	}
}

// A bad file is downloaded again, and none of its lines is given.
func TestABadFileIsFetchedAgain(t *testing.T) {
	const good = "1\n1/1\n2\n2/1\n"
	var packed bytes.Buffer
	to := gzip.NewWriter(&packed)
	io.WriteString(to, good)
	to.Close()
	broken := func(text string) io.Reader {
		return io.MultiReader(strings.NewReader(text), iotest.ErrReader(ErrBroken))
	}
	bad := func() io.Reader { return strings.NewReader("1\n1/1\n2\n") }
	for name, c := range map[string]struct {
		files          []io.Reader
		starts, agains int
		fails          error
	}{
		"at once":          {[]io.Reader{strings.NewReader(good)}, 1, 0, nil},
		"in pieces":        {[]io.Reader{iotest.OneByteReader(strings.NewReader(good))}, 1, 0, nil},
		"packed":           {[]io.Reader{&packed}, 1, 0, nil},
		"broken":           {[]io.Reader{broken("1\n1/"), strings.NewReader(good)}, 1, 1, nil},
		"bad":              {[]io.Reader{bad(), strings.NewReader(good)}, 1, 1, nil},
		"broken and bad":   {[]io.Reader{broken(""), bad(), broken("1"), strings.NewReader(good)}, 1, 3, nil},
		"a bad operation":  {[]io.Reader{bad(), bad(), strings.NewReader(good)}, 2, 1, nil},
		"always broken":    {[]io.Reader{iotest.ErrReader(ErrBroken)}, 1, brokenTries - 1, ErrBroken},
		"cannot be opened": {[]io.Reader{iotest.ErrReader(context.DeadlineExceeded)}, 2, 2, ErrBad},
	} {
		s := &shelf{objects: 4, roots: 2, files: c.files}
		result, _, err := s.bring(t)
		if !errors.Is(err, c.fails) || s.starts != c.starts || len(s.agains) != c.agains {
			t.Errorf("%s: %v, %d operations, tried again after %q", name, err, s.starts, s.agains)
		}
		if err == nil && result.text(t) != good {
			t.Errorf("%s: %q", name, result.text(t))
		}
	}
}

// A result can be read more than once, and reading ends with its context.
func TestReadingAResultEndsWithItsReader(t *testing.T) {
	s := &shelf{objects: 1, roots: 1, files: []io.Reader{strings.NewReader("1 " + strings.Repeat("a", 3*lineBuffer) + "\n")}}
	result, _, err := s.bring(t)
	if err != nil {
		t.Fatal(err)
	}
	if first, second := result.text(t), result.text(t); first != second || len(first) != 3*lineBuffer+3 {
		t.Errorf("%d bytes, then %d", len(first), len(second))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := result.Lines(ctx, func(Line) error { t.Error("a line"); return nil }); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// The digest of a result covers the query, the counts of the shop and every byte. A result that
// was verified once is not verified again.
func TestAKnownResultIsNotVerifiedAgain(t *testing.T) {
	digest := func(objects int, file string, known func(string) bool) string {
		s := &shelf{objects: objects, roots: 1, files: []io.Reader{strings.NewReader(file)}, known: known}
		result, _, err := s.bring(t)
		if err != nil {
			t.Fatal(err)
		}
		return result.Digest
	}
	trusted := func(string) bool { return true }
	first := digest(2, "1\n1/1\n", nil)
	if again := digest(2, "1\n1/1\n", func(digest string) bool { return digest == first }); again != first {
		t.Error("the same result has another digest")
	}
	for _, other := range []string{digest(2, "1\n1/2\n", nil), digest(2, "1\n1/1", nil), digest(3, "1\n1/1\n", trusted)} {
		if other == first {
			t.Error("another result has the same digest")
		}
	}
	if digest(2, "not read\n", trusted) == "" {
		t.Error("no digest")
	}
}

// An operation that fails is run once more where that may help; one that makes no progress is
// cancelled.
func TestOperationsThatBringNothing(t *testing.T) {
	for name, c := range map[string]struct {
		look              func() *Operation
		refuses, fails    error
		starts, cancelled int
		takes             time.Duration // at least
	}{
		"refused":  {refuses: ErrRefused, fails: ErrRefused, starts: 1},
		"no place": {refuses: ErrNoPlace, fails: ErrNoPlace, starts: 1},
		"lost":     {look: func() *Operation { return nil }, fails: ErrOnceMore, starts: 2},
		"failed": {look: func() *Operation { return &Operation{Status: "FAILED", ErrorCode: "TIMEOUT"} },
			fails: ErrOnceMore, starts: 2},
		"denied": {look: func() *Operation { return &Operation{Status: "FAILED", ErrorCode: "ACCESS_DENIED"} },
			fails: ErrNone, starts: 1},
		"no file": {look: func() *Operation { return &Operation{Status: "COMPLETED", Objects: 3} }, fails: ErrOnceMore, starts: 2},
		"stands": {look: func() *Operation { return &Operation{ID: "1", Status: "RUNNING"} },
			fails: ErrNone, starts: 1, cancelled: 1, takes: time.Minute},
		"other cause": {refuses: io.ErrUnexpectedEOF, fails: io.ErrUnexpectedEOF, starts: 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s, began := &shelf{look: c.look, refuses: c.refuses}, time.Now()
			_, _, err := s.bring(t)
			if !errors.Is(err, c.fails) || s.starts != c.starts || s.cancelled != c.cancelled || time.Since(began) < c.takes {
				t.Errorf("%s: %v, %d starts, %d cancelled after %v", name, err, s.starts, s.cancelled, time.Since(began))
			}
		})
	}
}

// page is a ledger of one operation.
type page struct {
	id      string
	ago     time.Duration
	forgets int
}

func (p *page) FindOperation(context.Context, string) (string, time.Time, error) {
	return p.id, time.Now().Add(-p.ago), nil
}
func (p *page) NoteOperation(_ context.Context, _, id string) error { p.id = id; return nil }
func (p *page) ForgetOperation(context.Context, string) error       { p.forgets++; return nil }

// An operation in the ledger is picked up while its result is of use.
func TestAnOperationIsPickedUp(t *testing.T) {
	for name, c := range map[string]struct {
		ago     time.Duration
		running bool
		starts  int
	}{
		"fresh": {ago: time.Minute}, "old": {2 * time.Hour, false, 1}, "old but running": {2 * time.Hour, true, 0},
		"too old": {25 * time.Hour, true, 1}, "of a wrong clock": {-time.Hour, false, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			looks, ledger := 0, &page{id: "1", ago: c.ago}
			s := &shelf{files: []io.Reader{strings.NewReader("1\n")}, ledger: ledger, look: func() *Operation {
				if looks++; looks == 1 && c.running {
					return &Operation{ID: "1", Status: "RUNNING"}
				}
				return &Operation{ID: "1", Status: "COMPLETED", URL: "there", Objects: 1, Roots: 1}
			}}
			result, _, err := s.bring(t)
			if err != nil || s.starts != c.starts || ledger.forgets != c.starts || result.TakenUp.IsZero() != (c.starts > 0) {
				t.Errorf("%s: %v, %d starts, forgot %d, %+v", name, err, s.starts, ledger.forgets, result)
			}
		})
	}
}
