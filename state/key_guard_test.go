package state

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// ownFolder is a folder that nobody else may write into, whatever the umask.
func ownFolder(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "own")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// A file that was named is made while nothing is sealed, by one of those who want it.
//
// hazard S13
func TestNamedKeyIsMadeOnce(t *testing.T) {
	path := filepath.Join(ownFolder(t), "key")
	var all sync.WaitGroup
	failures := make([]error, 8)
	for i := range failures {
		all.Go(func() { failures[i] = EnsureFirstKey(t.Context(), WithKey(connector.Secret{}, path, true)) })
	}
	all.Wait()
	made, err := os.ReadFile(path)
	if err := errors.Join(append(failures, err)...); err != nil {
		t.Fatal(err)
	}
	if err := EnsureFirstKey(t.Context(), WithKey(connector.Secret{}, path, true)); err != nil {
		t.Fatal(err)
	}
	if again, _ := os.ReadFile(path); string(again) != string(made) || len(made) != 65 {
		t.Errorf("%d bytes, then others", len(made))
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	elsewhere := filepath.Join(t.TempDir(), "mistyped", "key")
	err = EnsureFirstKey(t.Context(), WithKey(connector.Secret{}, elsewhere, true))
	if !isFault(err, connector.KeyUnusable, "its folder is not there") || !strings.Contains(err.(*connector.Fault).Next.String(), "mkdir -m 700 -p "+filepath.Dir(elsewhere)) {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Dir(elsewhere)); err == nil {
		t.Error("a folder was made")
	}
}

// A key file with a flaw seals nothing; what it sealed when nobody looked opens.
func TestKeyWithAFlaw(t *testing.T) {
	const text = "0123456789abcdef0123456789abcdef" // gitleaks:allow: made up
	folder := ownFolder(t)
	path := filepath.Join(folder, "key")
	key := WithKey(connector.Secret{}, path, true)
	for flawed, says := range map[string]string{
		"\ufeff" + text: "byte order mark", `"` + text + `"`: "quotes", text + "\nsecond": "second line", text + "\x00": "NUL", "": "empty", "short": "at least 32",
	} {
		if err := os.WriteFile(path, []byte(flawed), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := EnsureFirstKey(t.Context(), key); !isFault(err, connector.KeyUnusable, says) {
			t.Errorf("%q: %v", flawed, err)
		}
	}
	quoted := []byte(`"` + text + `"`)
	open := func() *DB {
		db, err := Create(t.Context(), filepath.Join(folder, "state.db"), key)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	if err := os.WriteFile(path, quoted, 0o600); err != nil {
		t.Fatal(err)
	}
	saved, err := open().SaveInstall(t.Context(), install("main", "1"), canaries) // as it was done once
	if err != nil {
		t.Fatal(err)
	}
	if got, err := open().Secrets(t.Context(), saved); err != nil || got != canaries {
		t.Error(err)
	}
	if err := open().EnsureKey(t.Context()); err != nil {
		t.Error(err)
	}
	if err := os.WriteFile(path, []byte("'"+text+"'"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := open().Secrets(t.Context(), saved); !isFault(err, connector.KeyUnusable, "another key: there are quotes around") {
		t.Errorf("%v", err)
	}
}
