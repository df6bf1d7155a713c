package vault

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
	"github.com/eshopos/eshopctl/connector/durable"
	"github.com/eshopos/eshopctl/connector/given"
)

// Key knows where the key is that seals secrets. It lies apart from the state file, so that
// a copy of that file alone opens nothing.
type Key struct {
	text  connector.Secret // wins over the file
	path  string
	named bool // the operator chose the path, so its folder is never made
	files *given.Files

	provider string // the provider to disconnect if the key is lost
}

// NewKey returns the key in text or else in the file at path, which Ensure makes while
// nothing is sealed. named says that the operator chose the path. files reads the file,
// which may come through a pipe. provider is the one to disconnect if the key is lost.
func NewKey(text connector.Secret, path string, named bool, files *given.Files, provider string) Key {
	return Key{text: text, path: path, named: named, files: files, provider: provider}
}

// ForProvider returns the same key, with hints for another provider.
func (k Key) ForProvider(provider string) Key {
	k.provider = provider
	return k
}

const (
	keyBytes   = 32 // random bytes in a new key
	leastChars = 32 // characters of a key that the operator brings
)

var errNoKey = errors.New("there is no key file")

// Load reads the key. An error is a *connector.Fault that says where the key was looked
// for.
func (k Key) Load(ctx context.Context) (*Sealer, error) {
	text, flaw, err := k.readText(ctx)
	if err != nil {
		return nil, k.Unusable(err)
	}
	if len(text) < leastChars {
		return nil, k.Unusable(cmp.Or(flaw, fmt.Errorf("a key has at least %d random characters", leastChars)))
	}
	material, err := hkdf.Key(sha256.New, []byte(text), nil, "eshopctl sealing key 1", 32)
	if err != nil {
		return nil, k.Unusable(err)
	}
	seal, err := newSealer(material)
	if err == nil {
		seal.flaw = flaw
	}
	return seal, err
}

// readText returns the key and what is wrong with its file (flaw). With a flaw, text is
// what earlier versions took for the key: it may have sealed something.
func (k Key) readText(ctx context.Context) (text string, flaw, err error) {
	if !k.text.IsZero() {
		return strings.TrimSpace(k.text.Reveal()), nil, nil
	}
	if k.path == "" {
		return "", nil, errors.New("it is not known where it lies: set HOME, or ESHOPCTL_KEY_FILE")
	}
	file, err := k.files.Read(ctx, k.path)
	switch {
	case ctx.Err() != nil:
		return "", nil, ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return "", nil, errNoKey
	case err != nil:
		return "", nil, err
	}
	if err := k.checkFile(file.Info); err != nil {
		return "", nil, err
	}
	if text, flaw = given.Line(file.Text); flaw != nil {
		text = strings.TrimSpace(string(file.Text))
	}
	return text, flaw, nil
}

// makeFile makes a key file with a new key. The file gets its name when it is complete, and
// never replaces another one.
func (k Key) makeFile() error {
	folder := filepath.Dir(k.path)
	if err := k.prepareFolder(folder); err != nil {
		return k.Unusable(err)
	}
	fresh, err := durable.Create(k.path)
	if err != nil {
		return k.unmadeFault(err)
	}
	defer os.Remove(fresh.Name())
	random := make([]byte, keyBytes)
	rand.Read(random) // never fails
	_, err = fmt.Fprintln(fresh, hex.EncodeToString(random))
	if err = errors.Join(err, fresh.Sync(), fresh.Close()); err != nil {
		return k.unmadeFault(err)
	}
	if err := durable.LinkTo(k.path, fresh.Name()); err != nil && !errors.Is(err, fs.ErrExist) {
		return k.unmadeFault(err)
	}
	return nil
}

// prepareFolder makes the program's own folder, but not one that the operator named: if the
// name is mistyped the key would be hard to find.
func (k Key) prepareFolder(folder string) error {
	if !k.named {
		if err := durable.MakeFolder(folder); err != nil {
			return k.unmadeFault(err)
		}
	} else if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
		return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be made: its folder is not there", k),
			Next: connector.Shell("mkdir", "-m", "700", "-p", folder).Next()}
	}
	return k.checkFolder(folder)
}

func (k Key) String() string {
	if !k.text.IsZero() {
		return "the key in ESHOPCTL_KEY"
	}
	return "the key file " + k.path
}

// Unusable is the fault of a key that cannot be used. Faults and interrupts are returned as
// they are.
func (k Key) Unusable(err error) error {
	if fault := (*connector.Fault)(nil); errors.As(err, &fault) || errors.Is(err, context.Canceled) {
		return err
	}
	return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be used: %s", k, err), Err: err,
		Next: connector.Typed("disconnect", k.provider).ForStoreAtHand().With("--local").After("put the right key back; if it is lost: ").Then(", then connect again")}
}

func (k Key) unmadeFault(err error) error {
	return &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s cannot be made: %s", k, given.WithoutPath(err)), Err: err,
		Next: connector.Typed("doctor").After("name a file in a folder that you may write with ESHOPCTL_KEY_FILE; to see more: ")}
}

// Ensure makes sure that secrets can be sealed with the key, and that it opens those that
// are sealed. It makes the key file only if nothing is sealed.
func (k Key) Ensure(ctx context.Context, sealed [][]byte) error {
	seal, err := k.Load(ctx)
	if errors.Is(err, errNoKey) && len(sealed) == 0 {
		if err := k.makeFile(); err != nil {
			return err
		}
		seal, err = k.Load(ctx)
	}
	if err != nil {
		return err
	}
	if len(sealed) == 0 && seal.flaw != nil { // secrets that were sealed with such a key still open
		return k.Unusable(seal.flaw)
	}
	return k.checkFits(seal, sealed)
}

// CheckOpens returns why the key does not open what is sealed, nil if it opens everything.
func (k Key) CheckOpens(ctx context.Context, sealed [][]byte) error {
	seal, err := k.Load(ctx)
	if err != nil {
		return err
	}
	return k.checkFits(seal, sealed)
}

func (k Key) checkFits(seal *Sealer, sealed [][]byte) error {
	for _, secret := range sealed {
		if !seal.FitsKey(secret) {
			return k.Unusable(seal.otherKeyError())
		}
	}
	return nil
}

// checkFile refuses a key file that others may change or replace: they know the key that
// seals the secrets.
func (k Key) checkFile(info fs.FileInfo) error {
	if open := exposureOf(k.path, info); open != nil {
		return k.refusalOf(open)
	}
	return nil
}

func (k Key) checkFolder(folder string) error {
	if open := exposureOfFolder(folder); open != nil {
		return k.refusalOf(open)
	}
	return nil
}

func (k Key) refusalOf(open *exposure) *connector.Fault {
	fault := &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s is not used: %s", k, open.why), Err: open,
		Next: open.cure.Next()}
	if open.cure.IsZero() {
		fault.Next = connector.Typed("doctor").After("have its owner give it to you, or name another file with ESHOPCTL_KEY_FILE; to see more: ")
	}
	return fault
}
