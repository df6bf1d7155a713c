package state

import (
	"cmp"
	"context"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/state/sqlite"
)

// keyPlace is where the key is that seals secrets. It lies apart from the state
// file, so that a copy of that file alone opens nothing.
type keyPlace struct {
	text  connector.Secret // wins over the file
	path  string
	named bool // the operator chose the path; then its folder is never made
	files *given.Files

	provider string // whose connection has to be forgotten if the key is lost
}

// WithKey says where the key for sealed secrets is: in text, else in the file at
// path, which connect makes while nothing is sealed. Named is a path that the
// operator chose.
func WithKey(text connector.Secret, path string, named bool) Option {
	return func(db *DB) { db.key = keyPlace{text: text, path: path, named: named} }
}

// WithFiles has the key read by files, which know what came through a pipe.
func WithFiles(files *given.Files) Option { return func(db *DB) { db.files = files } }

const (
	keyBytes   = 32 // of randomness in a new key
	leastChars = 32 // of a key that the operator brings
)

var errNoKey = errors.New("there is no key file")

// load reads the key. An error is a *connector.Fault that says where the key
// was looked for.
func (p keyPlace) load(ctx context.Context) (*sealer, error) {
	text, flaw, err := p.read(ctx)
	if err != nil {
		return nil, p.unusable(err)
	}
	if len(text) < leastChars {
		return nil, p.unusable(cmp.Or(flaw, fmt.Errorf("a key has at least %d random characters", leastChars)))
	}
	material, err := hkdf.Key(sha256.New, []byte(text), nil, "eshopctl sealing key 1", 32)
	if err != nil {
		return nil, p.unusable(err)
	}
	seal, err := newSealer(material)
	if err == nil {
		seal.flaw = flaw
	}
	return seal, err
}

// read gives the key and what is wrong with the file that it stands in. With a flaw it
// is what was taken for the key when nobody looked for flaws: it may have sealed
// something.
func (p keyPlace) read(ctx context.Context) (text string, flaw, err error) {
	if !p.text.IsZero() {
		return strings.TrimSpace(p.text.Reveal()), nil, nil
	}
	if p.path == "" {
		return "", nil, errors.New("it is not known where it lies: set HOME, or ESHOPCTL_KEY_FILE")
	}
	file, err := p.files.Read(ctx, p.path)
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, errNoKey
	case err != nil:
		return "", nil, err
	}
	if err := p.guarded(file.Info); err != nil {
		return "", nil, err
	}
	if text, flaw = given.Line(file.Text); flaw != nil {
		text = strings.TrimSpace(string(file.Text))
	}
	return text, flaw, nil
}

// make writes a new key. It appears under its name when it is whole, and never
// in the place of another one.
func (p keyPlace) make() error {
	folder := filepath.Dir(p.path)
	if err := p.prepareFolder(folder); err != nil {
		return p.unusable(err)
	}
	fresh, err := os.CreateTemp(folder, filepath.Base(p.path)+".new-*") // O_EXCL, mode 0600
	if err != nil {
		return p.unmade(err)
	}
	defer os.Remove(fresh.Name())
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails
	_, err = fmt.Fprintln(fresh, hex.EncodeToString(random))
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return p.unmade(err)
	}
	if err := os.Link(fresh.Name(), p.path); err != nil && !errors.Is(err, fs.ErrExist) {
		return p.unmade(err)
	}
	return sqlite.SyncFolder(folder)
}

// prepareFolder makes the folder of the program's own, but none that was named: a
// name that was mistyped would hide the key.
func (p keyPlace) prepareFolder(folder string) error {
	if !p.named {
		if err := sqlite.MakeFolder(folder); err != nil {
			return p.unmade(err)
		}
	} else if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be made: its folder is not there", p),
			Next: connector.Shell("mkdir", "-m", "700", "-p", folder).Next()}
	}
	return p.folderGuarded(folder)
}

func (p keyPlace) String() string {
	if !p.text.IsZero() {
		return "the key in ESHOPCTL_KEY"
	}
	return "the key file " + p.path
}

// unusable is the fault of a key that cannot be used, unless the reason is one with a
// better hint.
func (p keyPlace) unusable(err error) error {
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) || errors.Is(err, context.Canceled) {
		return err
	}
	return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be used: %s", p, err), Err: err,
		Next: connector.Typed("disconnect", p.provider).ForStoreAtHand().With("--local").After("put the right key back; if it is lost: ").Then(", then connect again")}
}

func (p keyPlace) unmade(err error) error {
	return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be made: %s", p, given.WithoutPath(err)), Err: err,
		Next: connector.Typed("doctor").After("name a file in a folder that you may write with ESHOPCTL_KEY_FILE; to see more: ")}
}

// EnsureKey makes sure that secrets can be sealed and that those of other
// stores can still be opened. It makes the key file only when nothing was ever
// sealed: a second key would lock out what the first one sealed.
func (db *DB) EnsureKey(ctx context.Context) error {
	sealed, err := db.sealedBlobs(ctx)
	if err != nil {
		return err
	}
	return db.key.ensure(ctx, sealed)
}

// EnsureFirstKey makes sure that secrets can be sealed in a state file that is not
// there yet.
func EnsureFirstKey(ctx context.Context, options ...Option) error {
	return newDB("", options).key.ensure(ctx, nil)
}

func (p keyPlace) ensure(ctx context.Context, sealed [][]byte) error {
	seal, err := p.load(ctx)
	if errors.Is(err, errNoKey) && len(sealed) == 0 {
		if err := p.make(); err != nil {
			return err
		}
		seal, err = p.load(ctx)
	}
	if err != nil {
		return err
	}
	if len(sealed) == 0 && seal.flaw != nil { // what was sealed with it before opens for ever
		return p.unusable(seal.flaw)
	}
	for _, blob := range sealed {
		if !seal.fits(blob) {
			return p.unusable(seal.other())
		}
	}
	return nil
}
