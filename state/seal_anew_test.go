package state

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/state/vault"
)

// sealedToday is the form in which secrets are sealed now.
const sealedToday = 2

// sealedBefore puts the secrets of a connector in the place of which an older
// eshopctl would have written them: form, id of the key, nonce, and what AES-GCM makes of
// the secret, bound to all of the connector but its domain.
func sealedBefore(t *testing.T, db *DB, folder string, c connector.Connector) {
	t.Helper()
	id, sealed := cipherOf(t, filepath.Join(folder, "config", "key"))
	for name, secret := range map[string]connector.Secret{"access_token": canaries.AccessToken, "refresh_token": canaries.RefreshToken, "client_secret": canaries.ClientSecret} {
		var owner []byte
		for _, part := range []string{"eshopctl secret", c.Store, c.Provider, c.AccountID, c.ClientID, name} {
			owner = append(binary.BigEndian.AppendUint32(owner, uint32(len(part))), part...)
		}
		old := sealed.Seal(append([]byte{vault.WithoutDomain}, id...), nil, []byte(secret.Reveal()), owner)
		if _, err := tamperWith(t, db, "UPDATE secrets SET sealed = ? WHERE store = ? AND name = ?", old, c.Store, name); err != nil {
			t.Fatal(err)
		}
	}
}

// cipherOf is what the key in a file seals with, and the id of the key.
func cipherOf(t *testing.T, path string) (id []byte, sealed cipher.AEAD) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	material, err := hkdf.Key(sha256.New, bytes.TrimSpace(text), nil, "eshopctl sealing key 1", 32)
	if err != nil {
		t.Fatal(err)
	}
	if id, err = hkdf.Key(sha256.New, material, nil, "eshopctl key id 1", 8); err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(material)
	if err == nil {
		sealed, err = cipher.NewGCMWithRandomNonce(block)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, sealed
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

func formsOf(t *testing.T, db *DB) map[byte]int {
	t.Helper()
	sealed := sealedSecrets(t, db)
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
	sealedBefore(t, db, folder, c)
	key := WithKey(connector.Secret{}, filepath.Join(folder, "config", "key"), false)
	look, err := OpenReadOnly(t.Context(), db.Path(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer look.Close()
	if secrets, err := look.Secrets(t.Context(), c); err != nil || secrets != canaries {
		t.Errorf("a reader: %v", err)
	}
	if forms := formsOf(t, db); forms[vault.WithoutDomain] != 3 {
		t.Errorf("after a reader: %v", forms)
	}
	for _, lacks := range []Option{WithKey(connector.Secret{}, filepath.Join(folder, "none"), true), WithKey(connector.NewSecret("another key of 32 characters, yes"), "", true)} {
		keyless, err := Open(t.Context(), db.Path(), lacks)
		if err != nil {
			t.Fatal(err)
		}
		keyless.Close()
		if forms := formsOf(t, db); forms[vault.WithoutDomain] != 3 {
			t.Errorf("without the key: %v", forms)
		}
	}
	writer, err := Open(t.Context(), db.Path(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if forms := formsOf(t, db); forms[sealedToday] != 3 || len(forms) != 1 {
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
	sealedBefore(t, db, folder, connected(t, db, install("main", "gid://shopify/Shop/1")))
	other := connected(t, db, install("other", "gid://shopify/Shop/2"))
	sealedBefore(t, db, folder, other)
	if _, err := tamperWith(t, db, "UPDATE connectors SET domain = 'evil.myshopify.com' WHERE store = 'main'"); err != nil {
		t.Fatal(err)
	}
	writer, err := Open(t.Context(), db.Path(), WithKey(connector.Secret{}, filepath.Join(folder, "config", "key"), false))
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	if forms := formsOf(t, db); forms[vault.WithoutDomain] != 3 || forms[sealedToday] != 3 {
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
	return result, db.place.Update(t.Context(), func(tx *sql.Tx, _ time.Time) error {
		result, err = tx.ExecContext(t.Context(), statement, args...)
		return err
	})
}
