package shopify

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/shopify/client"
	"github.com/eshopos/eshopctl/shopify/queries"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/shopify/site"
	"github.com/eshopos/eshopctl/testdata/answers"
	"github.com/eshopos/eshopctl/testdata/campaign"
	"github.com/eshopos/eshopctl/testdata/faults"
)

// bulkBench is a generated shop with oddities that is read by bulk operations.
type bulkBench struct {
	shop    *sandboxtest.Shop
	server  *sandboxtest.Server
	client  *client.Client
	options Options
	clock   *jumpingClock
}

// jumpingClock runs with the time and jumps over pauses, which take no time.
type jumpingClock struct{ ahead atomic.Int64 }

func (c *jumpingClock) now() time.Time { return time.Now().Add(time.Duration(c.ahead.Load())) }

func (c *jumpingClock) jump(d time.Duration) { c.ahead.Add(int64(d)) }

// pause is a client's sleep.
func (c *jumpingClock) pause(ctx context.Context, d time.Duration) error {
	c.jump(d)
	return connector.Sleep(ctx, time.Millisecond)
}

func newBulkBench(t *testing.T, settings sandboxtest.BulkSettings, wrap func(http.Handler) http.Handler) *bulkBench {
	shop := sandboxtest.Generate(60)
	oddities(t, shop)
	shop.Bulk(settings)
	b := benchOf(t, shop, wrap, 0)
	b.options.Reader = importer.ReaderBulk
	return b
}

// benchOf serves a shop. idle is how long an answer may pause, 0 for the usual time.
func benchOf(t *testing.T, shop *sandboxtest.Shop, wrap func(http.Handler) http.Handler, patience time.Duration) *bulkBench {
	clock := &jumpingClock{}
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{shop},
		BucketSize: 4000, RestoreRate: 50_000, Wrap: wrap, Clock: clock.now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	server.Install(shop.Domain())
	var way site.Way
	if patience > 0 {
		way = site.Way{Transport: &http.Transport{ResponseHeaderTimeout: patience}, Idle: patience}
	}
	site, err := site.New(server.URL(), way)
	if err != nil {
		t.Fatal(err)
	}
	client := client.New(site, shop.Domain(), "2026-10", &answers.Tokens{Current: server.AccessToken(shop.Domain())},
		client.Pauses{Sleep: clock.pause})
	return &bulkBench{shop, server, client, Options{}, clock}
}

func (b *bulkBench) read(t *testing.T) (*recorder, importer.Reading, error) {
	return b.readWith(context.Background(), t)
}

func (b *bulkBench) readWith(ctx context.Context, t *testing.T) (*recorder, importer.Reading, error) {
	source := NewSource(b.client, b.options)
	source.quicker = func(forecast, client.Points) importer.Reader { return importer.ReaderAuto }
	intake := newRecorder(t)
	reading, err := source.Read(ctx, connector.Resources(), intake)
	return intake, reading, err
}

// asked returns the number of requests with that GraphQL operation.
func (b *bulkBench) asked(operation string) int {
	n := 0
	for _, r := range b.server.Requests() {
		if r.Operation == operation {
			n++
		}
	}
	return n
}

func faultIn(t *testing.T, err error, code connector.Code, words string) {
	t.Helper()
	var fault *connector.Fault
	if !errors.As(err, &fault) || fault.Code != code || !regexp.MustCompile(words).MatchString(fault.Message+"; "+fault.Next.String()) {
		t.Errorf("got %v, want %s with %q", err, code, words)
	}
}

// hazard D7
func TestBulkFindsTheWholeSandbox(t *testing.T) {
	for _, order := range []sandboxtest.BulkOrder{sandboxtest.BulkByDepth, sandboxtest.BulkGrouped, sandboxtest.BulkScattered, sandboxtest.BulkChildren} {
		for _, gzip := range []bool{false, true} {
			for _, noRange := range []bool{false, true} {
				t.Run(fmt.Sprint(order, gzip, noRange), func(t *testing.T) {
					b := newBulkBench(t, sandboxtest.BulkSettings{Order: order, Gzip: gzip, NoRange: noRange}, nil)
					intake, reading, err := b.read(t)
					if err != nil || reading.Reader != importer.ReaderBulk || time.Since(reading.Began) > time.Minute {
						t.Fatal(reading, err)
					}
					compareWithTruth(t, intake, b.shop.Truth())
					if len(intake.remarks)+len(intake.restarted)+len(intake.replaced) > 0 {
						t.Error(intake.remarks, intake.restarted, intake.replaced)
					}
				})
			}
		}
	}
}

// edited changes the lines of a file, each of which ends in a newline.
func edited(edit func(lines [][]byte) [][]byte) func([]byte) []byte {
	return func(file []byte) []byte {
		return bytes.Join(edit(bytes.SplitAfter(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))), nil)
	}
}

// hazard D1 hazard D2 hazard D6 hazard D8 hazard D9 hazard D11
func TestBadFilesAreNamed(t *testing.T) {
	spoiled := map[string]struct {
		spoil func([]byte) []byte
		words string
	}{
		"one short": {edited(func(l [][]byte) [][]byte { return l[:len(l)-1] }),
			`of stock ends after line \d+, but the shop counted \d+`},
		"first lost": {edited(func(l [][]byte) [][]byte { return l[1:] }), `of stock ends after line`},
		"doubled": {edited(func(l [][]byte) [][]byte { return append(l[:7:7], l[6:]...) }),
			`line 8 of the bulk result of stock is doubled`},
		"one doubled for another": {edited(func(l [][]byte) [][]byte { l[400] = l[399]; return l }),
			`line 401 of the bulk result of stock is doubled`},
		"far doubled": {edited(func(l [][]byte) [][]byte { return append(l, append([]byte("\n"), l[2]...)) }),
			`line \d+ of the bulk result of stock is doubled`},
		"garbled": {edited(func(l [][]byte) [][]byte { l[4] = append(bytes.Clone(l[4][:20]), '\n'); return l }),
			`line 5 of the bulk result of stock cannot be read`},
		"two in one": {edited(func(l [][]byte) [][]byte { l[4] = bytes.TrimSpace(l[4]); return l }), `line 5 of`},
		"another kind": {func(f []byte) []byte { return bytes.ReplaceAll(f, []byte("InventoryItem"), []byte("Product")) },
			`holds no record of its kind among \d+`},
		"cut":    {func(f []byte) []byte { return f[:len(f)-30] }, `is cut off`},
		"empty":  {func([]byte) []byte { return nil }, `ends after line 0`},
		"a page": {func([]byte) []byte { return []byte("<html>\n") }, `line 1 of`},
		"endless": {func(f []byte) []byte { return append(f, bytes.Repeat([]byte("\n"), 1<<20)...) },
			`of stock goes on after line \d+, but the shop counted`},
		"not gzip": {func(f []byte) []byte { return append([]byte("\x1f\x8b"), f...) }, `cannot be unpacked`},
		"long": {func(f []byte) []byte { return append(bytes.Repeat([]byte(" "), 32<<20+1), f...) },
			`line 1 .* longer than 32 MB`},
	}
	names := campaign.Some(t, "files", slices.Sorted(maps.Keys(spoiled)), 4, len(spoiled))
	for _, name := range names {
		c := spoiled[name]
		t.Run(name, func(t *testing.T) {
			b := newBulkBench(t, sandboxtest.BulkSettings{Only: "inventoryItems", Spoil: c.spoil}, nil)
			_, _, err := b.read(t)
			faultIn(t, err, connector.IncompleteRead, c.words+".*leave out --reader bulk")
			fallsBack(t, b, c.words)
		})
	}
	for _, name := range names { // and once only
		c := spoiled[name]
		t.Run(name+" once", func(t *testing.T) {
			var once sync.Once
			b := newBulkBench(t, sandboxtest.BulkSettings{Only: "inventoryItems", Spoil: func(f []byte) []byte {
				once.Do(func() { f = c.spoil(f) })
				return f
			}}, nil)
			intake, _, err := b.read(t)
			if err != nil && name != "long" {
				t.Fatal(err)
			}
			if err == nil {
				compareWithTruth(t, intake, b.shop.Truth())
			}
			if len(intake.restarted) > 0 {
				t.Errorf("something was given of a bad file: %v", intake.restarted)
			}
		})
	}
}

// A record that comes twice with different content is no fault: it changed meanwhile.
//
// hazard D6
func TestRecordThatComesTwiceChanged(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{Only: "inventoryItems", Spoil: edited(func(l [][]byte) [][]byte {
		for i, line := range l {
			if i > 0 && bytes.Contains(line, []byte("__parentId")) && bytes.Contains(l[i-1], []byte("__parentId")) {
				l[i-1] = bytes.Replace(line, []byte(`"quantity":`), []byte(`"quantity": `), 1)
				return l
			}
		}
		return l
	})}, nil)
	intake, _, err := b.read(t)
	if err != nil {
		t.Fatal(err)
	}
	if levels := len(b.shop.Truth().Levels); len(intake.levels) != levels-1 {
		t.Errorf("%d levels of %d", len(intake.levels), levels)
	}
}

// An operation that brings a bad file is run once more, and nothing of the bad file is given.
//
// hazard D8 hazard N12
func TestBadOperationIsRepeated(t *testing.T) {
	for name, settings := range map[string]sandboxtest.BulkSettings{
		"one short":   {Spoil: edited(func(l [][]byte) [][]byte { return l[:len(l)-1] })},
		"strange ids": {Spoil: func(f []byte) []byte { return append(bytes.ReplaceAll(f, []byte("Item\\/"), []byte("Item\\/9")), '{') }},
		"cut silent":  {Only: "descriptionHtml", Loses: 7},
	} {
		settings.Only, settings.Times = cmp.Or(settings.Only, "inventoryItems"), 1
		b := newBulkBench(t, settings, nil)
		intake, _, err := b.read(t)
		if err != nil || b.asked("EshopBulkRun") != 6 || len(intake.restarted) > 0 {
			t.Fatal(name, err, b.asked("EshopBulkRun"), intake.restarted)
		}
		compareWithTruth(t, intake, b.shop.Truth())
	}
}

// A result with fewer records than the shop counts is not whole, even if its file is as the
// operation says.
//
// hazard D8
func TestOperationThatFindsTooLittle(t *testing.T) {
	for only, words := range map[string]string{
		"descriptionHtml": "of products has 62 records, but the shop counts 63", "selectedOptions": "of variants has",
		"media {": "of the media of variants has", "collections": "of the members of collections has",
	} {
		if only == "media {" {
			only = "{\n  productVariants {\n    edges {\n      node {\n        id\n        media"
		}
		b := newBulkBench(t, sandboxtest.BulkSettings{Only: only, Loses: 1}, nil)
		_, _, err := b.read(t)
		faultIn(t, err, connector.IncompleteRead, words)
	}
}

// Where lines are not in the order of the shop, products are read by pages, which have the order
// of media.
func TestLinesInAnotherOrder(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{Order: sandboxtest.BulkReversed}, nil)
	intake, reading, err := b.read(t)
	if err != nil || reading.Reader != importer.ReaderBulk {
		t.Fatal(reading, err)
	}
	compareWithTruth(t, intake, b.shop.Truth())
	if len(intake.remarks) != 1 || intake.remarks[0].Code != importer.WarnReaderFallback {
		t.Errorf("remarks: %v", intake.remarks)
	}
}

// breaking cuts the transfer of files after some bytes, a few times.
func breaking(times int, after int64) func(http.Handler) http.Handler {
	var mu sync.Mutex
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			if times == 0 || !strings.HasPrefix(r.URL.Path, "/bulk-operation-outputs/") {
				next.ServeHTTP(w, r)
				return
			}
			times--
			next.ServeHTTP(&short{w, after}, r)
			panic(http.ErrAbortHandler)
		})
	}
}

// short writes no more than left bytes.
type short struct {
	http.ResponseWriter
	left int64
}

func (s *short) Write(p []byte) (int, error) {
	n := min(int64(len(p)), s.left)
	s.left -= n
	if _, err := s.ResponseWriter.Write(p[:n]); err != nil {
		return 0, err
	}
	_ = http.NewResponseController(s.ResponseWriter).Flush()
	if n < int64(len(p)) {
		return int(n), io.ErrShortWrite
	}
	return int(n), nil
}

// hazard N1
func TestBrokenTransfersAreContinued(t *testing.T) {
	for _, gzip := range []bool{false, true} {
		for _, noRange := range []bool{false, true} {
			b := newBulkBench(t, sandboxtest.BulkSettings{Gzip: gzip, NoRange: noRange}, breaking(4, 1000))
			intake, _, err := b.read(t)
			if err != nil || len(intake.restarted) > 0 {
				t.Fatal(gzip, noRange, err, intake.restarted)
			}
			compareWithTruth(t, intake, b.shop.Truth())
		}
	}
	b := newBulkBench(t, sandboxtest.BulkSettings{NoRange: true}, breaking(1000, 1000))
	_, _, err := b.read(t)
	faultIn(t, err, connector.Network, "broke off after line")
}

// When no file can be written, pages would not help, and the error does not blame the result.
//
// hazard P7
func TestAResultThatCannotBeKept(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{}, nil)
	b.options.Reader = importer.ReaderAuto
	b.options.Temp = scratch.Folder(filepath.Join(t.TempDir(), "none"))
	intake, _, err := b.read(t)
	faultIn(t, err, connector.StateUnusable, "no temporary file can be written in .*none.*--temp-dir")
	if len(intake.remarks) > 0 || b.asked("EshopBulkRun") > 5 {
		t.Error(intake.remarks, b.asked("EshopBulkRun"))
	}
}

// hazard D16 hazard N12
func TestOperationsThatEndBadly(t *testing.T) {
	for end, words := range map[string]string{
		"TIMEOUT": "took too long", "INTERNAL_SERVER_ERROR": `failed .*INTERNAL_SERVER_ERROR`,
		"CANCELED": "was cancelled", "EXPIRED": "no longer there",
	} {
		t.Run(end, func(t *testing.T) {
			once := newBulkBench(t, sandboxtest.BulkSettings{Ends: end, Only: "inventoryItems", Times: 1}, nil)
			intake, _, err := once.read(t)
			if err != nil || len(intake.remarks) > 0 {
				t.Fatal(err, intake.remarks)
			}
			compareWithTruth(t, intake, once.shop.Truth())

			var starts atomic.Int32
			always := newBulkBench(t, sandboxtest.BulkSettings{Ends: end, Only: "inventoryItems", Partial: true},
				counting(&starts, "EshopBulkRun", "inventoryItems"))
			_, _, err = always.read(t)
			faultIn(t, err, connector.ProviderFault, words)
			if n := starts.Load(); n != 2 {
				t.Errorf("%d operations were started", n)
			}
			fallsBack(t, always, words)
		})
	}
}

// counting counts the questions that hold all of the words.
func counting(n *atomic.Int32, words ...string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			question, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(question))
			if !slices.ContainsFunc(words, func(word string) bool { return !bytes.Contains(question, []byte(word)) }) {
				n.Add(1)
			}
			next.ServeHTTP(w, r)
		})
	}
}

// fallsBack reads with ReaderAuto, which must find everything by pages and say so
// once.
func fallsBack(t *testing.T, b *bulkBench, words string) {
	t.Helper()
	b.options.Reader = importer.ReaderAuto
	intake, _, err := b.read(t)
	if err != nil {
		t.Fatal(err)
	}
	compareWithTruth(t, intake, b.shop.Truth())
	if len(intake.remarks) != 1 || intake.remarks[0].Code != importer.WarnReaderFallback ||
		!regexp.MustCompile(words).MatchString(intake.remarks[0].Message) {
		t.Errorf("remarks: %v", intake.remarks)
	}
}

// hazard N12
func TestOperationThatNeverEnds(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{Stuck: true, Only: "inventoryItems"}, nil)
	b.options.BulkPatience = 30 * time.Millisecond
	_, _, err := b.read(t)
	faultIn(t, err, connector.ProviderFault, "made no progress")
	if b.asked("EshopBulkCancel") != 1 {
		t.Error("it was not cancelled")
	}
	fallsBack(t, b, "made no progress")
}

// hazard N13
func TestRefusedOperations(t *testing.T) {
	for name, c := range map[string]struct {
		settings    sandboxtest.BulkSettings
		words, cure string
		code        connector.Code
	}{
		"not enabled": {sandboxtest.BulkSettings{Refusal: sandboxtest.BulkNotEnabled},
			"does not let the app run bulk operations", "Partner Dashboard", connector.ScopeMissing},
		"no allowlist": {sandboxtest.BulkSettings{Refusal: sandboxtest.BulkNoAllowlist},
			"does not let the app run bulk operations", "IP allowlist", connector.ScopeMissing},
		"forbidden": {sandboxtest.BulkSettings{Refusal: sandboxtest.BulkForbidden},
			"does not let the app run bulk operations", "Partner Dashboard", connector.ScopeMissing},
		"limit": {sandboxtest.BulkSettings{Refusal: sandboxtest.BulkLimit},
			"takes no more bulk operations", "try again later", connector.Throttled},
		"slots": {sandboxtest.BulkSettings{Others: 5}, "as many bulk operations",
			"wait until they end.*gid://shopify/BulkOperation/1004", connector.Throttled},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBulkBench(t, c.settings, nil)
			_, _, err := b.read(t)
			faultIn(t, err, c.code, c.words+".*"+c.cure)
			fallsBack(t, b, c.words)
		})
	}
	for _, c := range []struct {
		status     int
		body, cure string
	}{
		{403, `{"errors":"[API] This app has no IP allowlist"}`, "IP allowlist"},
		{200, faults.Problem("FORBIDDEN", "Bulk operations need to be enabled"), "Partner Dashboard"},
		{200, `{"errors":[{"message":"This app may not do that"}]}`, "Partner Dashboard"},
		{200, `{"data":{"bulkOperationRunQuery":{"bulkOperation":null,"userErrors":[{"field":null,"message":"Not allowed","code":"NEW_CODE"}]}}}`, "Partner Dashboard"},
	} {
		b := newBulkBench(t, sandboxtest.BulkSettings{}, refusingStarts(c.status, c.body))
		_, _, err := b.read(t)
		faultIn(t, err, connector.ScopeMissing, "does not let the app run bulk operations.*"+c.cure+".*leave out --reader bulk")
		fallsBack(t, b, "does not let the app run bulk operations")
	}
}

func refusingStarts(status int, body string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			question, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(question))
			if !bytes.Contains(question, []byte("EshopBulkRun")) {
				next.ServeHTTP(w, r)
				return
			}
			w.WriteHeader(status)
			io.WriteString(w, body)
		})
	}
}

// hazard N13
func TestOperationsWaitForEachOther(t *testing.T) {
	for _, others := range []int{3, 4} {
		b := newBulkBench(t, sandboxtest.BulkSettings{Others: others, Delay: 20 * time.Millisecond}, nil)
		intake, _, err := b.read(t)
		if err != nil || len(intake.remarks) > 0 {
			t.Fatal(err, intake.remarks)
		}
		compareWithTruth(t, intake, b.shop.Truth())
	}
}

// A page is asked for to name a missing scope, which the operation does not name.
//
// hazard N10
func TestDeniedOperationNamesTheScope(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{}, nil)
	b.server.SetGrantedScopes(b.shop.Domain(), []string{"read_products", "read_locations"})
	_, _, err := b.read(t)
	faultIn(t, err, connector.ScopeMissing, "read_inventory")
}

// notebook is a ledger in memory.
type notebook struct {
	full  func() // called when every operation is noted; may be nil
	opens func() // called before what was noted is recalled; may be nil
	sync.Map
	age time.Duration
}

type noted struct {
	id string
	at time.Time
}

func (n *notebook) FindOperation(_ context.Context, document string) (string, time.Time, error) {
	if entry, ok := n.Load(document); ok {
		if n.opens != nil {
			n.opens()
		}
		return entry.(noted).id, entry.(noted).at.Add(-n.age), nil
	}
	return "", time.Time{}, nil
}

func (n *notebook) NoteOperation(_ context.Context, document, id string) error {
	n.Store(document, noted{id, time.Now()})
	if n.full != nil && n.size() == 5 {
		n.full()
	}
	return nil
}

func (n *notebook) ForgetOperation(_ context.Context, document string) error {
	n.Delete(document)
	return nil
}

func (n *notebook) size() (size int) {
	n.Range(func(any, any) bool { size++; return true })
	return size
}

func TestReadingThatWasCutOffIsPickedUp(t *testing.T) {
	for name, c := range map[string]struct {
		delay, age time.Duration
		starts     int
	}{
		"ended meanwhile": {time.Minute, 0, 5}, "still running": {5 * time.Minute, 2 * time.Hour, 5},
		"too old": {time.Minute, 2 * time.Hour, 10},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBulkBench(t, sandboxtest.BulkSettings{Delay: c.delay}, nil)
			ctx, cancel := context.WithCancel(context.Background())
			book := &notebook{full: cancel}
			b.options.Ledger = book
			if _, _, err := b.readWith(ctx, t); !errors.Is(err, context.Canceled) || book.size() != 5 {
				t.Fatal(err, book.size())
			}
			if name != "still running" {
				b.clock.jump(c.delay)
			}
			book.age, book.full = c.age, nil
			intake, reading, err := b.read(t)
			if err != nil || book.size() != 5 { // they are forgotten once what was read is kept
				t.Fatal(err, book.size())
			}
			compareWithTruth(t, intake, b.shop.Truth())
			if n := b.asked("EshopBulkRun"); n != c.starts {
				t.Errorf("%d operations were started, want %d", n, c.starts)
			}
			if older := strings.Contains(fmt.Sprint(intake.remarks), importer.WarnStockOlder); older != (c.age > 0 && c.starts == 5) {
				t.Errorf("the age of the stock: %v", intake.remarks)
			}
			if reading.Began.IsZero() {
				t.Error("nobody knows when it began")
			}
		})
	}
}

// An operation that could not be noted runs all the same and takes a place. A list that finds no
// place waits for operations of the same reading, even while these are still looked up.
//
// hazard N13
func TestPlacesOfOperationsThatAreBeingPickedUp(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{Delay: 5 * time.Minute}, nil)
	ctx, cancel := context.WithCancel(context.Background())
	book := &notebook{full: cancel}
	b.options.Ledger = book
	if _, _, err := b.readWith(ctx, t); !errors.Is(err, context.Canceled) || book.size() != 5 {
		t.Fatal(err, book.size())
	}
	book.Delete(queries.BulkInventory.Text())
	book.full, book.opens = nil, func() {
		for end := time.Now().Add(10 * time.Second); b.asked("EshopBulkRun") < 6 && time.Now().Before(end); {
			time.Sleep(time.Millisecond)
		}
	}
	intake, _, err := b.read(t)
	if err != nil {
		t.Fatal(err)
	}
	compareWithTruth(t, intake, b.shop.Truth())
}

// An operation whose start was answered but not heard is found again.
//
// hazard N14
func TestLostStartIsNotRepeated(t *testing.T) {
	lost := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			question, _ := io.ReadAll(r.Body)
			r.Body = io.NopCloser(bytes.NewReader(question))
			if bytes.Contains(question, []byte("EshopBulkRun")) {
				next.ServeHTTP(&short{w, 0}, r)
				panic(http.ErrAbortHandler)
			}
			next.ServeHTTP(w, r)
		})
	}
	for _, delay := range []time.Duration{0, 500 * time.Millisecond} { // it ended or still runs
		b := newBulkBench(t, sandboxtest.BulkSettings{Delay: delay}, lost)
		intake, _, err := b.read(t)
		if err != nil || b.asked("EshopBulkRun") != 5 {
			t.Fatal(err, b.asked("EshopBulkRun"))
		}
		compareWithTruth(t, intake, b.shop.Truth())
	}
}

// repointed changes the address of every result.
func repointed(to string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := &held{ResponseWriter: w, status: 200}
			next.ServeHTTP(answer, r)
			w.Header().Del("Content-Length")
			w.WriteHeader(answer.status)
			w.Write(regexp.MustCompile(`http://127[^"?]*`).ReplaceAll(answer.body.Bytes(), []byte(to)))
		})
	}
}

type held struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (k *held) WriteHeader(status int) { k.status = status }

func (k *held) Write(p []byte) (int, error) { return k.body.Write(p) }

// hazard H4
func TestAddressesThatShopifyDoesNotUse(t *testing.T) {
	for _, address := range []string{
		"http://169.254.169.254/x", "file:///etc/passwd", "https://storage.googleapis.com@evil.example/x",
		"https://storage.googleapis.com.evil.example/x",
		"http://storage.googleapis.com/x", "https://storage.googleapis.com:8443/x", "https://evil.example/", "http://localhost:1/x", "%zz",
	} {
		b := newBulkBench(t, sandboxtest.BulkSettings{}, repointed(address))
		_, _, err := b.read(t)
		faultIn(t, err, connector.ProviderFault, "not where Shopify keeps them.*pages bring the same")
		if strings.Contains(fmt.Sprint(err), "Signature") {
			t.Error("the address was told:", err)
		}
	}
	fallsBack(t, newBulkBench(t, sandboxtest.BulkSettings{}, repointed("http://127.0.0.2:1/x")), "not where Shopify keeps them")
}

// hazard H4, H5
func TestRedirectedResultIsNotFollowed(t *testing.T) {
	b := newBulkBench(t, sandboxtest.BulkSettings{}, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/bulk-operation-outputs/") {
				http.Redirect(w, r, "https://evil.example/?Signature=secret", http.StatusFound)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	_, _, err := b.read(t)
	faultIn(t, err, connector.ProviderFault, "evil.example; it was not followed")
}

// Records that change while the shop is read are given once more.
//
// hazard D14
func TestCatchUp(t *testing.T) {
	var b *bulkBench
	var once sync.Once
	b = newBulkBench(t, sandboxtest.BulkSettings{}, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/bulk-operation-outputs/") {
				once.Do(func() {
					b.clock.jump(1100 * time.Millisecond) // times are told in seconds
					for _, err := range []error{b.shop.Retitle("product-1", "Changed"), b.shop.SetPrice("SKU-000002-1", "1.23")} {
						if err != nil {
							t.Error(err)
						}
					}
				})
			}
			next.ServeHTTP(w, r)
		})
	})
	intake, _, err := b.read(t)
	if err != nil {
		t.Fatal(err)
	}
	compareWithTruth(t, intake, b.shop.Truth())
	if len(intake.remarks) == 0 || intake.remarks[0].Code != importer.WarnChangedWhileReading {
		t.Errorf("remarks: %v", intake.remarks)
	}
}

// A shop without products has results without an address.
//
// hazard D17
func TestNothingIsFound(t *testing.T) {
	shop := sandboxtest.Generate(0)
	server, err := sandboxtest.Start(sandboxtest.Options{Shops: []*sandboxtest.Shop{shop}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	server.Install(shop.Domain())
	site, _ := site.New(server.URL(), site.Way{})
	client := client.New(site, shop.Domain(), "2026-10", &answers.Tokens{Current: server.AccessToken(shop.Domain())}, client.Pauses{})
	intake := newRecorder(t)
	reading, err := NewSource(client, Options{Reader: importer.ReaderBulk}).Read(t.Context(), connector.Resources(), intake)
	if err != nil || reading.Reader != importer.ReaderBulk || len(intake.products)+len(intake.levels) > 0 {
		t.Error(reading, err, len(intake.products), len(intake.levels))
	}
}
