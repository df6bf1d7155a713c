package state

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	engine "modernc.org/sqlite"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/importer"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/statetest"
)

func TestLaws(t *testing.T) { statetest.Run(t, openSQLite) }

func TestSequences(t *testing.T) { statetest.TestSequences(t, openSQLite) }

func TestWhatIsTakenIsAsGoodAsWhatIsRead(t *testing.T) {
	statetest.TestWhatIsTakenIsAsGoodAsWhatIsRead(t, openSQLite)
}

// place is a folder with a state file, as the law suite knows it.
type place struct {
	path   string
	clock  func() time.Time
	others *sql.DB // as another program has it open

	mu     sync.Mutex
	broken statetest.Fault
}

// openSQLite copies a state file that nothing is kept in, which takes no time.
func openSQLite(t statetest.Judge, clock func() time.Time) statetest.Place {
	t.Helper()
	folder, err := os.MkdirTemp(swiftFolder(), "eshopctl-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	content, err := emptyFile()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "state.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return placeAt(t, path, clock)
}

// placeAt is the place of a state file that is there.
func placeAt(t statetest.Judge, path string, clock func() time.Time) *place {
	p := &place{path: path, clock: clock}
	var err error
	if p.others, err = sql.Open("sqlite", (&url.URL{Scheme: "file", Path: filepath.ToSlash(p.path), RawQuery: "_busy_timeout=5000"}).String()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.others.Close() })
	return p
}

// swiftFolder is on a disk that is memory, where there is one: laws are about meaning, not
// about disks.
func swiftFolder() string {
	if disk.CanHold("/dev/shm") {
		return "/dev/shm"
	}
	return os.TempDir()
}

var emptyFile = sync.OnceValues(func() ([]byte, error) {
	folder, err := os.MkdirTemp("", "eshopctl-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "state.db")
	db, err := Create(context.Background(), path)
	if err != nil {
		return nil, err
	}
	if err := db.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

func (p *place) Open(ctx context.Context) (statetest.Engine, error) {
	db, err := p.open(ctx)
	if err != nil {
		return nil, err
	}
	return db, nil
}

func (p *place) open(ctx context.Context) (*DB, error) {
	return Open(ctx, p.path, WithClock(p.clock), WithKey(connector.NewSecret("a key of thirty-two characters, or so"), "", false))
}

// Alter changes a table in one transaction, row by row in the order of its key.
func (p *place) Alter(ctx context.Context, t *importer.Table, change func(statetest.Row) statetest.Row) error {
	tx, err := p.others.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it was committed, or there is an error to tell
	rows, err := rowsIn(ctx, tx, t)
	if err != nil {
		return err
	}
	for _, row := range rows {
		was := maps.Clone(row)
		statement, args := written(t, was, change(row))
		if statement == "" {
			continue
		}
		if _, err := tx.ExecContext(ctx, statement, args...); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return tx.Commit()
}

func rowsIn(ctx context.Context, tx *sql.Tx, t *importer.Table) (all []statetest.Row, err error) {
	found, err := tx.QueryContext(ctx, "SELECT * FROM "+t.Name+" ORDER BY "+strings.Join(identity(t), ", "))
	if err != nil {
		return nil, err
	}
	defer found.Close()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	for found.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		row := statetest.Row{}
		for i, column := range columns {
			row[column] = values[i]
		}
		all = append(all, row)
	}
	return all, found.Err()
}

// identity are the columns of a table by which one row is found.
func identity(t *importer.Table) []string {
	if t.Local {
		return []string{"id"}
	}
	columns := []string{"account"}
	for _, key := range t.Keys {
		columns = append(columns, t.Columns[key].Name)
	}
	return columns
}

// written is the statement that makes of a row what it is now, "" when it is as it was.
func written(t *importer.Table, was, now statetest.Row) (statement string, args []any) {
	var sets, wheres []string
	for _, column := range slices.Sorted(maps.Keys(now)) {
		if now[column] != was[column] {
			sets, args = append(sets, column+" = ?"), append(args, now[column])
		}
	}
	for _, column := range identity(t) {
		wheres, args = append(wheres, column+" = ?"), append(args, was[column])
	}
	where := " WHERE " + strings.Join(wheres, " AND ")
	switch {
	case now == nil:
		return "DELETE FROM " + t.Name + where, args
	case len(sets) == 0:
		return "", nil
	}
	return "UPDATE " + t.Name + " SET " + strings.Join(sets, ", ") + where, args
}

func (p *place) Put(ctx context.Context, t *importer.Table, row statetest.Row) error {
	columns := slices.Sorted(maps.Keys(row))
	args := make([]any, len(columns))
	for i, column := range columns {
		args[i] = row[column]
	}
	_, err := p.others.ExecContext(ctx, "INSERT OR REPLACE INTO "+t.Name+" ("+strings.Join(columns, ", ")+") VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")", args...)
	return err
}

// breaking are the places that are broken, by the path of their file.
var breaking sync.Map

// hooked has each new connection ask whether its place is broken.
var hooked = sync.OnceFunc(func() {
	engine.RegisterConnectionHook(func(conn engine.ExecQuerierContext, dsn string) error {
		u, err := url.Parse(dsn)
		if err != nil {
			return nil // not one of ours
		}
		if of, is := breaking.Load(u.Path); is {
			return of.(*place).spoil(conn)
		}
		return nil
	})
})

// spoil has a new connection fail as its place does.
func (p *place) spoil(conn engine.ExecQuerierContext) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch p.broken {
	case statetest.NoRoom:
		_, err := conn.ExecContext(context.Background(), "PRAGMA max_page_count = 1", nil) // no more than there are
		return err
	case statetest.NoCommit:
		hooks, is := conn.(engine.HookRegisterer)
		if !is {
			return errors.New("a connection takes no hooks")
		}
		hooks.RegisterCommitHook(func() int32 { return 1 })
	}
	return nil
}

func (p *place) Break(fault statetest.Fault) (mend func()) {
	hooked()
	p.mu.Lock()
	p.broken = fault
	p.mu.Unlock()
	breaking.Store(filepath.ToSlash(p.path), p)
	return func() { breaking.Delete(filepath.ToSlash(p.path)) }
}
