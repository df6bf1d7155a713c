package cmd

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/cmd/exit"
	"github.com/eshopos/eshopctl/shopify/sandbox/sandboxtest"
	"github.com/eshopos/eshopctl/state"
)

// barrier holds up the reading of one shop's products until it is opened, and
// tells when somebody waits.
type barrier struct {
	domain string
	mu     sync.Mutex
	closed chan struct{} // nil while open
	waits  chan struct{}
}

func (b *barrier) wrap(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		b.mu.Lock()
		closed := b.closed
		b.mu.Unlock()
		if closed != nil && r.Host == b.domain && bytes.Contains(body, []byte("products")) {
			select {
			case b.waits <- struct{}{}:
			default:
			}
			select {
			case <-closed:
			case <-r.Context().Done():
			}
		}
		next.ServeHTTP(w, r)
	})
}

func (b *barrier) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = make(chan struct{})
}

func (b *barrier) open() {
	b.mu.Lock()
	defer b.mu.Unlock()
	close(b.closed)
	b.closed = nil
}

// A second run on a store is told who holds it since when; other stores go on;
// when the holder dies the next run takes over and says so.
func TestAStoreIsHeldByOneProcess(t *testing.T) {
	t.Parallel()
	shop, other := sandboxtest.DefaultShop(), sandboxtest.NewShop("outlet.myshopify.com", "Outlet", "EUR")
	hold := &barrier{domain: shop.Domain(), waits: make(chan struct{}, 1)}
	desk := newDeskWith(t, hold.wrap, shop, other)
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", shop.Domain(), "--auth", "browser")
	desk.mustRun("connect", "shopify", "--store", "outlet", "--shop", other.Domain(), "--auth", "browser")

	hold.close()
	holder := desk.command("import", "run", "--store", "main", "--yes")
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	defer holder.Wait() //nolint:errcheck // it is killed below
	<-hold.waits
	pid := "process " + strconv.Itoa(holder.Process.Pid)

	for _, args := range [][]string{
		{"import", "preview", "--store", "main"}, {"import", "run", "--store", "main", "--yes"},
		{"warehouses", "unlink", "1", "--store", "main"}, {"runs", "prune", "--store", "main"},
	} {
		printed, told, status := desk.run(args...)
		if status != exit.Locked || !strings.Contains(told, "another run is at work: import of store main ("+pid) || !strings.Contains(told, "since 20") {
			t.Errorf("%v: exit status %d\n%s%s", args, status, printed, told)
		}
	}
	if printed, _, status := desk.run("import", "preview", "--store", "main", "-o", "json"); status != exit.Locked || !strings.Contains(printed, `"code":"locked"`) {
		t.Errorf("as JSON: %d %s", status, printed)
	}
	desk.mustRun("import", "preview", "--store", "outlet")
	desk.mustRun("import", "run", "--store", "outlet", "--yes")
	if shown := desk.mustRun("runs", "list", "--store", "main"); !strings.Contains(shown, "running") {
		t.Errorf("the run at work is shown as\n%s", shown)
	}

	if err := holder.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = holder.Wait()
	hold.open()
	if shown := desk.mustRun("runs", "list", "--store", "main"); !strings.Contains(shown, "interrupted") {
		t.Errorf("the dead run is shown as\n%s", shown)
	}
	_, told, status := desk.run("import", "run", "--store", "main", "--yes")
	if status != exit.Done || !strings.Contains(told, "died at work: import of store main ("+pid) {
		t.Errorf("taking over: %d\n%s", status, told)
	}
	if _, told, _ := desk.run("import", "preview", "--store", "main"); strings.Contains(told, "died at work") {
		t.Errorf("it is said again: %s", told)
	}
	assertInvariants(t, desk.home)
}

// Applies take turns, and the one that waits says for whom.
func TestAppliesTakeTurns(t *testing.T) {
	t.Parallel()
	desk := newDesk(t, sandboxtest.DefaultShop())
	desk.mustRun("connect", "shopify", "--store", "main", "--shop", desk.shop.Domain(), "--auth", "browser")
	db, err := state.Open(t.Context(), desk.statePath())
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	turn := db.ApplyLock()
	if err := turn.Take(t.Context(), "an import of store outlet"); err != nil {
		t.Fatal(err)
	}
	var told lines
	waiting := desk.command("import", "run", "--store", "main", "--yes")
	waiting.Stderr = &told
	if err := waiting.Start(); err != nil {
		t.Fatal(err)
	}
	for range 500 {
		if strings.Contains(told.String(), "waiting for") {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if want := "waiting for an import of store outlet (process "; !strings.Contains(told.String(), want) {
		t.Errorf("it says %q, want %q", told.String(), want)
	}
	// meanwhile reading and previewing go on
	desk.mustRun("catalog", "products", "--store", "main")
	desk.mustRun("status", "--store", "main")
	if err := turn.Release(); err != nil {
		t.Fatal(err)
	}
	if err := waiting.Wait(); err != nil {
		t.Errorf("after its turn came: %v\n%s", err, told.String())
	}
}

// lines is output that is read while it is written.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (l *lines) Write(text []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(text)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
