package state

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/eshopos/eshopctl/connector"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

const (
	canaryToken   = "CANARY-access-token"
	canaryRefresh = "CANARY-refresh-token"
	canarySecret  = "CANARY-client-secret"
)

var canaries = connector.Secrets{
	AccessToken:  connector.NewSecret(canaryToken),
	RefreshToken: connector.NewSecret(canaryRefresh),
	ClientSecret: connector.NewSecret(canarySecret),
}

// registryAt opens a state file in a folder, with its key beside it.
func registryAt(t *testing.T, folder string) *DB {
	t.Helper()
	db, err := Create(t.Context(), filepath.Join(folder, "state.db"),
		WithClock(func() time.Time { return noon }), WithKey(connector.Secret{}, filepath.Join(folder, "config", "key"), false))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func install(store, account string) connector.Connector {
	return connector.Connector{
		Store: store, Provider: "shopify", Domain: store + ".myshopify.com", Account: "Tea", AccountID: account, Currency: "EUR",
		ClientID: "client", Auth: connector.Browser, Scopes: []string{"read_products"}, Requested: []string{"read_products"},
		Purpose:    []connector.Resource{connector.Products},
		Token:      connector.TokenInfo{Kind: connector.Expiring, ExpiresAt: noon.Add(time.Hour), RefreshExpiresAt: noon.Add(90 * 24 * time.Hour)},
		APIVersion: "2026-10", ConnectedAt: noon, CheckedAt: noon,
	}
}

func connected(t *testing.T, db *DB, c connector.Connector) connector.Connector {
	t.Helper()
	if err := db.EnsureKey(t.Context()); err != nil {
		t.Fatal(err)
	}
	saved, err := db.SaveInstall(t.Context(), c, canaries)
	if err != nil {
		t.Fatal(err)
	}
	return saved
}

func recorded(t *testing.T, db *DB, store string) connector.Connector {
	t.Helper()
	c, err := db.Connector(t.Context(), store, "shopify")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestInstallIsRemembered(t *testing.T) {
	db := registryAt(t, t.TempDir())
	if c := recorded(t, db, "main"); c.State != connector.Inactive || c.Reason != connector.NeverConnected {
		t.Errorf("before: %+v", c)
	}
	want := install("main", "gid://shopify/Shop/1")
	saved := connected(t, db, want)
	want.Platform = saved.Platform // of the providers that this program knows, which is no part of what is stored
	want.State, want.Attached, want.Generation, want.LastAttempt = connector.Live, true, 1, &connector.Attempt{At: noon}
	if diff := cmp.Diff(want, saved); diff != "" {
		t.Error(diff)
	}
	all, err := db.Connectors(t.Context())
	if diff := cmp.Diff([]connector.Connector{want}, all); err != nil || diff != "" {
		t.Error(err, diff)
	}
	secrets, err := db.Secrets(t.Context(), saved)
	if err != nil || secrets != canaries {
		t.Errorf("the secrets came back changed: %v", err)
	}
	look, err := OpenReadOnly(t.Context(), db.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	if all, err = look.Connectors(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("read-only: %v %v", all, err)
	}
}

func TestFailedAttemptKeepsInstall(t *testing.T) {
	db := registryAt(t, t.TempDir())
	saved := connected(t, db, install("main", "gid://shopify/Shop/1"))
	attempt := connector.Connector{Store: "main", Provider: "shopify", Domain: "other.myshopify.com", ClientID: "other", Auth: connector.Browser}
	for _, reason := range []connector.Reason{connector.SetupInterrupted, connector.WrongShop} {
		failed := connector.Attempt{At: noon.Add(time.Minute), Reason: reason, Text: "said " + string(reason)}
		if err := db.RecordAttempt(t.Context(), attempt, failed); err != nil {
			t.Fatal(err)
		}
		want := saved
		want.LastAttempt = &failed
		if diff := cmp.Diff(want, recorded(t, db, "main")); diff != "" {
			t.Error(diff)
		}
	}
	if secrets, err := db.Secrets(t.Context(), saved); err != nil || secrets != canaries {
		t.Errorf("the secrets are gone: %v", err)
	}
}

func TestFirstAttemptFails(t *testing.T) {
	db := registryAt(t, t.TempDir())
	attempt := connector.Connector{Store: "main", Provider: "shopify", Domain: "tea.myshopify.com", ClientID: "client", Auth: connector.Browser}
	for reason, state := range map[connector.Reason]connector.State{connector.SetupInterrupted: connector.Inactive, connector.TimedOut: connector.Failed} {
		if err := db.RecordAttempt(t.Context(), attempt, connector.Attempt{At: noon, Reason: reason}); err != nil {
			t.Fatal(err)
		}
		if c := recorded(t, db, "main"); c.State != state || c.Reason != reason || c.Domain != "tea.myshopify.com" || c.Attached {
			t.Errorf("%+v", c)
		}
	}
}

func TestShopBelongsToOneStore(t *testing.T) {
	db := registryAt(t, t.TempDir())
	first := connected(t, db, install("main", "gid://shopify/Shop/1"))
	if _, err := db.SaveInstall(t.Context(), install("other", "gid://shopify/Shop/1"), canaries); err != connector.ErrShopTaken {
		t.Errorf("taken: %v", err)
	}
	if c := recorded(t, db, "other"); c.Reason != connector.NeverConnected {
		t.Errorf("half a connector is left: %+v", c)
	}
	for _, search := range [][2]string{{"gid://shopify/Shop/1", ""}, {"", "main.myshopify.com"}} {
		if holder, taken, err := db.Holder(t.Context(), "shopify", search[0], search[1]); err != nil || !taken || holder.Store != "main" {
			t.Errorf("%v: %v %t %v", search, holder.Store, taken, err)
		}
	}
	if err := db.EndInstall(t.Context(), first, connector.Disconnected); err != nil {
		t.Fatal(err)
	}
	connected(t, db, install("other", "gid://shopify/Shop/1"))
}

func TestEndInstall(t *testing.T) {
	db := registryAt(t, t.TempDir())
	saved := connected(t, db, install("main", "gid://shopify/Shop/1"))
	if err := db.EndInstall(t.Context(), saved, connector.TokenRejected); err != nil {
		t.Fatal(err)
	}
	rejected := recorded(t, db, "main")
	secrets, err := db.Secrets(t.Context(), rejected)
	if err != nil || secrets != (connector.Secrets{ClientSecret: canaries.ClientSecret}) {
		t.Errorf("after a refusal only the client secret is left: %v", err)
	}
	if rejected.State != connector.Inactive || rejected.Reason != connector.TokenRejected || !rejected.Attached {
		t.Errorf("%+v", rejected)
	}
	if err := db.EndInstall(t.Context(), saved, connector.Disconnected); err != connector.ErrInstallChanged {
		t.Errorf("an older generation: %v", err)
	}
	if err := db.EndInstall(t.Context(), rejected, connector.Disconnected); err != nil {
		t.Fatal(err)
	}
	gone := recorded(t, db, "main")
	if secrets, err := db.Secrets(t.Context(), gone); err != nil || secrets != (connector.Secrets{}) {
		t.Errorf("secrets are left: %v", err)
	}
	if gone.Reason != connector.Disconnected || gone.Attached || gone.LastAttempt != nil || gone.Domain != "main.myshopify.com" || gone.AccountID == "" {
		t.Errorf("%+v", gone)
	}
}

func TestRecordContact(t *testing.T) {
	db := registryAt(t, t.TempDir())
	c := connected(t, db, install("main", "gid://shopify/Shop/1"))
	c.Account, c.Reason, c.Scopes, c.CheckedAt = "Tea and Cups", connector.ScopeIsMissing, []string{}, noon.Add(time.Hour)
	if err := db.RecordContact(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	want := c
	want.LastAttempt = &connector.Attempt{At: noon, Over: true}
	if diff := cmp.Diff(want, recorded(t, db, "main")); diff != "" {
		t.Error(diff)
	}
	for _, other := range []int64{c.Generation + 1, c.Generation - 1} { // of a session from before, too
		old := c
		old.Generation = other
		if err := db.RecordContact(t.Context(), old); err != connector.ErrInstallChanged {
			t.Errorf("generation %d: %v", other, err)
		}
	}
}

// A failed attempt ends with the next good contact, whatever the clocks said, and
// not with one that was not good.
func TestGoodContactEndsAnAttempt(t *testing.T) {
	db := registryAt(t, t.TempDir())
	c := connected(t, db, install("main", "gid://shopify/Shop/1"))
	for _, contact := range []struct {
		trouble string
		over    bool
	}{{"no route", false}, {"", true}} {
		if err := db.RecordAttempt(t.Context(), c, connector.Attempt{At: noon.Add(48 * time.Hour), Reason: connector.WrongShop, Text: "other answered"}); err != nil {
			t.Fatal(err)
		}
		c.CheckedAt, c.Trouble = noon.Add(time.Hour), contact.trouble
		if err := db.RecordContact(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if got := recorded(t, db, "main"); got.AttemptFailed() == contact.over || got.LastAttempt.Why() != "other answered" {
			t.Errorf("contact with trouble %q: %+v", contact.trouble, got.LastAttempt)
		}
	}
	if err := db.EndInstall(t.Context(), c, connector.TokenRejected); err != nil {
		t.Fatal(err)
	}
	if err := db.RecordAttempt(t.Context(), c, connector.Attempt{At: noon, Reason: connector.TimedOut}); err != nil {
		t.Fatal(err)
	}
	if got := recorded(t, db, "main"); !got.AttemptFailed() || got.Why() != connector.TimedOut.Text() {
		t.Errorf("%+v %q", got.LastAttempt, got.Why())
	}
}

// Neither the secret nor, after a disconnect, its sealed form is in any file.
//
// hazard S10
func TestSecretsOnDisk(t *testing.T) {
	folder := t.TempDir()
	db := registryAt(t, folder)
	saved := connected(t, db, install("main", "gid://shopify/Shop/1"))
	sealed := sealedSecrets(t, db)
	if len(sealed) != 3 {
		t.Fatal(len(sealed))
	}
	for _, secret := range []string{canaryToken, canaryRefresh, canarySecret} {
		if name := fileWith(t, folder, []byte(secret)); name != "" {
			t.Errorf("%s holds %s", name, secret)
		}
	}
	if fileWith(t, folder, sealed[0]) == "" {
		t.Error("the search finds nothing")
	}
	if err := db.EndInstall(t.Context(), saved, connector.Disconnected); err != nil {
		t.Fatal(err)
	}
	for _, blob := range sealed {
		if name := fileWith(t, folder, blob[:32]); name != "" {
			t.Errorf("%s still holds a sealed secret", name)
		}
	}
}

func fileWith(t *testing.T, folder string, text []byte) (found string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %s", path, info.Mode())
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, text) {
			found = path
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func isFault(err error, code connector.Code, says string) bool {
	var fault *connector.Fault
	return errors.As(err, &fault) && fault.Code == code && strings.Contains(fault.Message, says) && len(fault.Next) > 0
}

// hazard S13
func TestKeyFile(t *testing.T) {
	folder := t.TempDir()
	db := registryAt(t, folder)
	path := filepath.Join(folder, "config", "key")
	if _, err := db.SaveInstall(t.Context(), install("main", "1"), canaries); !isFault(err, connector.KeyUnusable, path) {
		t.Errorf("only EnsureKey makes the key: %v", err)
	}
	saved := connected(t, db, install("main", "1"))
	first, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.EnsureKey(t.Context()); err != nil {
		t.Error(err)
	}
	for name, spoil := range map[string]func() error{
		"missing": func() error { return os.Remove(path) },
		"other":   func() error { return os.WriteFile(path, bytes.Repeat([]byte("x"), 64), 0o600) },
		"empty":   func() error { return os.WriteFile(path, nil, 0o600) },
	} {
		if err := spoil(); err != nil {
			t.Fatal(err)
		}
		spoiled, _ := os.ReadFile(path)
		if _, err := db.Secrets(t.Context(), saved); !isFault(err, connector.KeyUnusable, path) {
			t.Errorf("%s: %v", name, err)
		}
		if err := db.EnsureKey(t.Context()); !isFault(err, connector.KeyUnusable, path) {
			t.Errorf("%s: a new key would lock the old secrets out: %v", name, err)
		}
		if after, _ := os.ReadFile(path); !bytes.Equal(after, spoiled) {
			t.Errorf("%s: the file was written", name)
		}
		if err := os.WriteFile(path, first, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := db.EndInstall(t.Context(), saved, connector.Disconnected); err != nil {
		t.Errorf("forgetting needs no key: %v", err)
	}
	if err := db.EnsureKey(t.Context()); err != nil {
		t.Errorf("with nothing sealed a new key is made: %v", err)
	}
}

func TestNamedKeyWins(t *testing.T) {
	folder := t.TempDir()
	open := func(text, path string) *DB {
		db, err := Create(context.Background(), filepath.Join(folder, "state.db"), WithKey(connector.NewSecret(text), path, true))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		return db
	}
	named := filepath.Join(ownFolder(t), "named")
	if err := open("short", named).EnsureKey(t.Context()); !isFault(err, connector.KeyUnusable, "ESHOPCTL_KEY") {
		t.Errorf("a short key: %v", err)
	}
	const key = "0123456789abcdef0123456789abcdef" // gitleaks:allow: made up
	saved := connected(t, open(key, named), install("main", "1"))
	if _, err := os.Stat(named); err == nil {
		t.Error("the file was made")
	}
	if err := open("", named).EnsureKey(t.Context()); !isFault(err, connector.KeyUnusable, named) {
		t.Errorf("something is sealed with another key: %v", err)
	}
	if _, err := os.Stat(named); err == nil {
		t.Error("a second key was made")
	}
	if err := os.WriteFile(named, []byte(key+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if secrets, err := open("", named).Secrets(t.Context(), saved); err != nil || secrets != canaries {
		t.Errorf("the same key in a file: %v", err)
	}
	if _, err := open("another key of 32 characters, yes", named).Secrets(t.Context(), saved); !isFault(err, connector.KeyUnusable, "ESHOPCTL_KEY") {
		t.Errorf("another key: %v", err)
	}
}

// A sealed row opens only where it was sealed.
//
// hazard S13
func TestSwappedSecretsDoNotOpen(t *testing.T) {
	for name, tamper := range map[string]string{
		"between stores":   "UPDATE secrets SET sealed = (SELECT sealed FROM secrets AS other WHERE other.store = 'other' AND other.name = secrets.name) WHERE store = 'main'",
		"between names":    "UPDATE secrets SET sealed = (SELECT sealed FROM secrets AS other WHERE other.store = 'main' AND other.name = 'refresh_token') WHERE store = 'main' AND name = 'access_token'",
		"other account":    "UPDATE accounts SET external_id = 'gid://shopify/Shop/9' WHERE store = 'main'",
		"other client":     "UPDATE connectors SET client_id = 'evil' WHERE store = 'main'",
		"other domain":     "UPDATE connectors SET domain = 'evil.example' WHERE store = 'main'; UPDATE accounts SET domain = 'evil.example' WHERE store = 'main'",
		"another shop":     "UPDATE connectors SET domain = 'other.myshopify.com' WHERE store = 'main'; UPDATE accounts SET domain = 'other.myshopify.com' WHERE store = 'main'",
		"no secret left":   "DELETE FROM secrets; UPDATE connectors SET domain = 'other.myshopify.com' WHERE store = 'main'",
		"back in time":     "UPDATE secrets SET sealed = CAST(x'01' || substr(sealed, 2) AS BLOB) WHERE store = 'main'",
		"truncated to tag": "UPDATE secrets SET sealed = substr(sealed, 1, 20) WHERE store = 'main'",
	} {
		t.Run(name, func(t *testing.T) {
			db := registryAt(t, t.TempDir())
			connected(t, db, install("main", "gid://shopify/Shop/1"))
			connected(t, db, install("other", "gid://shopify/Shop/2"))
			if _, err := tamperWith(t, db, tamper); err != nil {
				t.Fatal(err)
			}
			_, err := db.Secrets(t.Context(), recorded(t, db, "main"))
			if !isFault(err, connector.StateUnusable, "store main") || !strings.Contains(err.(*connector.Fault).Next.String(), "disconnect shopify --store main --local") {
				t.Errorf("%v", err)
			}
			if err := db.EndInstall(t.Context(), recorded(t, db, "main"), connector.Disconnected); err != nil {
				t.Error(err)
			}
		})
	}
}

// sealedSecrets are all secrets as they are stored.
func sealedSecrets(t *testing.T, db *DB) (sealed [][]byte) {
	t.Helper()
	rows, err := db.place.Read().QueryContext(t.Context(), "SELECT sealed FROM secrets ORDER BY store, name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var secret []byte
		if err := rows.Scan(&secret); err != nil {
			t.Fatal(err)
		}
		sealed = append(sealed, secret)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return sealed
}

// tamperWith runs a statement in a transaction of its own.
func tamperWith(t *testing.T, db *DB, statement string, args ...any) (result sql.Result, err error) {
	t.Helper()
	return result, db.place.Update(t.Context(), func(tx *sql.Tx, _ time.Time) error {
		result, err = tx.ExecContext(t.Context(), statement, args...)
		return err
	})
}
