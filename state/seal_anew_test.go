package state

import (
	"database/sql"
	"path/filepath"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
)

// sealedBefore puts the secrets of a connector in the place of which an older
// eshopctl would have written them.
func sealedBefore(t *testing.T, db *DB, c connector.Connector) {
	t.Helper()
	seal, err := db.key.load(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, secret := range map[string]connector.Secret{accessToken: canaries.AccessToken, refreshToken: canaries.RefreshToken, clientSecret: canaries.ClientSecret} {
		sealed := seal.seal(secret, belongedTo(c, name)...)
		sealed[0] = withoutDomain
		if _, err := tamperWith(t, db, "UPDATE secrets SET sealed = ? WHERE store = ? AND name = ?", sealed, c.Store, name); err != nil {
			t.Fatal(err)
		}
	}
}

func formsOf(t *testing.T, db *DB) map[byte]int {
	t.Helper()
	sealed, err := db.sealedBlobs(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	forms := map[byte]int{}
	for _, blob := range sealed {
		forms[blob[0]]++
	}
	return forms
}

// What was sealed without the domain is opened by readers as it is, and sealed anew
// by the first who writes and has the key.
func TestOldSecretsAreSealedAnew(t *testing.T) {
	folder := t.TempDir()
	db := registryAt(t, folder)
	c := connected(t, db, install("main", "gid://shopify/Shop/1"))
	sealedBefore(t, db, c)
	key := WithKey(connector.Secret{}, filepath.Join(folder, "config", "key"), false)
	look, err := OpenReadOnly(t.Context(), db.Path(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	if secrets, err := look.Secrets(t.Context(), c); err != nil || secrets != canaries {
		t.Errorf("a reader: %v", err)
	}
	if forms := formsOf(t, db); forms[withoutDomain] != 3 {
		t.Errorf("after a reader: %v", forms)
	}
	for _, lacks := range []Option{WithKey(connector.Secret{}, filepath.Join(folder, "none"), true), WithKey(connector.NewSecret("another key of 32 characters, yes"), "", true)} {
		keyless, err := Open(t.Context(), db.Path(), lacks)
		if err != nil {
			t.Fatal(err)
		}
		keyless.Close()
		if forms := formsOf(t, db); forms[withoutDomain] != 3 {
			t.Errorf("without the key: %v", forms)
		}
	}
	writer, err := Open(t.Context(), db.Path(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if forms := formsOf(t, db); forms[sealVersion] != 3 || len(forms) != 1 {
		t.Errorf("after a writer: %v", forms)
	}
	if secrets, err := writer.Secrets(t.Context(), c); err != nil || secrets != canaries {
		t.Errorf("sealed anew: %v", err)
	}
}

// A row that was altered before does not get the secrets by being brought up to
// date.
func TestAlteredRowIsNotSealedAnew(t *testing.T) {
	folder := t.TempDir()
	db := registryAt(t, folder)
	sealedBefore(t, db, connected(t, db, install("main", "gid://shopify/Shop/1")))
	other := connected(t, db, install("other", "gid://shopify/Shop/2"))
	sealedBefore(t, db, other)
	if _, err := tamperWith(t, db, "UPDATE connectors SET domain = 'evil.myshopify.com' WHERE store = 'main'"); err != nil {
		t.Fatal(err)
	}
	writer, err := Open(t.Context(), db.Path(), WithKey(connector.Secret{}, filepath.Join(folder, "config", "key"), false))
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if forms := formsOf(t, db); forms[withoutDomain] != 3 || forms[sealVersion] != 3 {
		t.Errorf("%v", forms)
	}
	if _, err := writer.Secrets(t.Context(), recorded(t, db, "main")); !isFault(err, connector.StateUnusable, "another shop than evil.myshopify.com") {
		t.Errorf("%v", err)
	}
	if secrets, err := writer.Secrets(t.Context(), other); err != nil || secrets != canaries {
		t.Errorf("the store beside it: %v", err)
	}
}

// tamperWith runs a statement in a transaction of its own.
func tamperWith(t *testing.T, db *DB, statement string, args ...any) (result sql.Result, err error) {
	t.Helper()
	return result, db.update(t.Context(), func(tx *sql.Tx, _ time.Time) error {
		result, err = tx.ExecContext(t.Context(), statement, args...)
		return err
	})
}
