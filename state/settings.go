package state

import (
	"context"
	"path/filepath"
	"time"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/given"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/state/sqlite"
	"github.com/eshopos/eshopctl/state/sqlite/disk"
	"github.com/eshopos/eshopctl/state/vault"
)

// settings are how a state file is opened.
type settings struct {
	now       func() time.Time
	temp      scratch.Folder // of sorters, and of SQLite
	patience  *connector.Patience
	platforms connector.Platforms // that connectors may be of
	files     *given.Files        // through which the key is read

	key      connector.Secret
	keyPath  string
	keyNamed bool
}

// Option changes how a state file is opened.
type Option func(*settings)

// WithClock makes the file take its times from now instead of time.Now.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// WithPlatforms has connectors come with what their providers say of themselves.
func WithPlatforms(all connector.Platforms) Option { return func(s *settings) { s.platforms = all } }

// WithPatience has other programs that hold the file waited for with that patience.
func WithPatience(p *connector.Patience) Option { return func(s *settings) { s.patience = p } }

// WithTemp has what does not fit the memory be kept in that folder.
func WithTemp(folder scratch.Folder) Option { return func(s *settings) { s.temp = folder } }

// WithFiles has the key read by files, which know what came through a pipe.
func WithFiles(files *given.Files) Option { return func(s *settings) { s.files = files } }

// WithKey says where the key for sealed secrets is: in text, else in the file at
// path, which connect makes while nothing is sealed. Named is a path that the
// operator chose.
func WithKey(text connector.Secret, path string, named bool) Option {
	return func(s *settings) { s.key, s.keyPath, s.keyNamed = text, path, named }
}

func newSettings(options []Option) settings {
	s := settings{now: time.Now, files: &given.Files{}}
	for _, option := range options {
		option(&s)
	}
	return s
}

func (s settings) ofFile() sqlite.Options {
	return sqlite.Options{Schema: ownSchema(), Temp: s.temp, Patience: s.patience, Now: s.now}
}

func (s settings) vaultKey() vault.Key {
	return vault.NewKey(s.key, s.keyPath, s.keyNamed, s.files, s.platforms.Usual().Name)
}

// EnsureFirstKey makes sure that secrets can be sealed in a state file that is not
// there yet.
func EnsureFirstKey(ctx context.Context, options ...Option) error {
	return newSettings(options).vaultKey().Ensure(ctx, nil)
}

// LookAtKeyFile looks who else may touch the key file, without reading it. There is
// nothing to tell while there is none, nor of a key that is in no file.
func LookAtKeyFile(options ...Option) (found vault.KeyFile, some bool) {
	return newSettings(options).vaultKey().LookAtFile()
}

// TempFolder is where temporary files go: the folder that was named, else that of the
// state file, where there is room for what will be kept; else the system's.
func TempFolder(named, statePath string) scratch.Folder {
	if named != "" {
		if absolute, err := filepath.Abs(named); err == nil {
			named = absolute
		}
		return scratch.Folder(named)
	}
	path, err := filepath.Abs(statePath)
	if statePath == "" || err != nil {
		return ""
	}
	if folder := filepath.Dir(path); disk.CanHold(folder) {
		return scratch.Folder(folder)
	}
	return ""
}
