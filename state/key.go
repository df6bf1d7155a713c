package state

import (
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// keyPlace is where the key is that seals secrets. It lies apart from the state
// file, so that a copy of that file alone opens nothing.
type keyPlace struct {
	text  connector.Secret // wins over the file
	path  string
	named bool // the operator chose the path; then the file is never made
}

// WithKey says where the key for sealed secrets is: in text, else in the file at
// path. Only a file that the operator did not name is made when it is missing.
func WithKey(text connector.Secret, path string, named bool) Option {
	return func(db *DB) { db.key = keyPlace{text, path, named} }
}

const (
	keyBytes   = 32 // of randomness in a new key
	leastChars = 32 // of a key that the operator brings
	mostBytes  = 1 << 20
)

var errNoKey = errors.New("there is no key file")

// load reads the key. An error is a *connector.Fault that says where the key
// was looked for.
func (p keyPlace) load() (*sealer, error) {
	text, err := p.read()
	if err != nil {
		return nil, p.unusable(err)
	}
	if len(text) < leastChars {
		return nil, p.unusable(fmt.Errorf("a key has at least %d random characters", leastChars))
	}
	material, err := hkdf.Key(sha256.New, []byte(text), nil, "eshopctl sealing key 1", 32)
	if err != nil {
		return nil, p.unusable(err)
	}
	return newSealer(material)
}

func (p keyPlace) read() (string, error) {
	if !p.text.IsZero() {
		return strings.TrimSpace(p.text.Reveal()), nil
	}
	if p.path == "" {
		return "", errors.New("it is not known where it lies: set HOME, or ESHOPCTL_KEY_FILE")
	}
	file, err := os.Open(p.path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", errNoKey
	}
	if err != nil {
		return "", withoutPath(err)
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err == nil && len(text) > mostBytes {
		err = errors.New("it is too long for a key")
	}
	return strings.TrimSpace(string(text)), withoutPath(err)
}

// make writes a new key. It appears under its name when it is whole, and never
// in the place of another one.
func (p keyPlace) make() error {
	if err := makeFolder(filepath.Dir(p.path)); err != nil {
		return p.unusable(withoutPath(err))
	}
	fresh, err := os.CreateTemp(filepath.Dir(p.path), filepath.Base(p.path)+".new-*") // O_EXCL, mode 0600
	if err != nil {
		return p.unusable(withoutPath(err))
	}
	defer os.Remove(fresh.Name())
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails
	_, err = fmt.Fprintln(fresh, hex.EncodeToString(random))
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return p.unusable(withoutPath(err))
	}
	if err := os.Link(fresh.Name(), p.path); err != nil && !errors.Is(err, fs.ErrExist) {
		return p.unusable(withoutPath(err))
	}
	return SyncFolder(filepath.Dir(p.path))
}

func (p keyPlace) String() string {
	if !p.text.IsZero() {
		return "the key in ESHOPCTL_KEY"
	}
	return "the key file " + p.path
}

func (p keyPlace) unusable(err error) *connector.Fault {
	return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be used: %s", p, err), Err: err,
		Hint: "put the right key back; if it is lost: eshopctl disconnect shopify --store STORE --local, then connect again"}
}

func withoutPath(err error) error {
	if failed := (*fs.PathError)(nil); errors.As(err, &failed) {
		return failed.Err
	}
	if failed := (*os.LinkError)(nil); errors.As(err, &failed) {
		return failed.Err
	}
	return err
}

// EnsureKey makes sure that secrets can be sealed and that those of other
// stores can still be opened. It makes the key file only when nothing was ever
// sealed: a second key would lock out what the first one sealed.
func (db *DB) EnsureKey(ctx context.Context) error {
	sealed, err := db.sealedBlobs(ctx)
	if err != nil {
		return err
	}
	return db.key.ensure(sealed)
}

// EnsureFirstKey makes sure that secrets can be sealed in a state file that is not
// there yet.
func EnsureFirstKey(options ...Option) error { return newDB("", options).key.ensure(nil) }

func (p keyPlace) ensure(sealed [][]byte) error {
	seal, err := p.load()
	if errors.Is(err, errNoKey) && len(sealed) == 0 && !p.named {
		if err := p.make(); err != nil {
			return err
		}
		seal, err = p.load()
	}
	if err != nil {
		return err
	}
	for _, blob := range sealed {
		if !seal.fits(blob) {
			return p.unusable(errOtherKey)
		}
	}
	return nil
}
