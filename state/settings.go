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

// settings say how a state file is opened.
type settings struct {
	now       func() time.Time
	temp      scratch.Folder // for sorters and SQLite
	patience  *connector.Patience
	platforms connector.Platforms // the known providers
	files     *given.Files        // reads the key file

	key      connector.Secret
	keyPath  string
	keyNamed bool
}

// Option changes how a state file is opened.
type Option func(*settings)

// WithClock sets the clock, which is time.Now by default.
func WithClock(now func() time.Time) Option { return func(s *settings) { s.now = now } }

// WithPlatforms sets the providers that connectors may have.
func WithPlatforms(all connector.Platforms) Option { return func(s *settings) { s.platforms = all } }

// WithPatience sets how long to wait for other programs that hold the file.
func WithPatience(p *connector.Patience) Option { return func(s *settings) { s.patience = p } }

// WithTemp sets the folder for temporary files.
func WithTemp(folder scratch.Folder) Option { return func(s *settings) { s.temp = folder } }

// WithFiles sets what reads the key file, which may come through a pipe.
func WithFiles(files *given.Files) Option { return func(s *settings) { s.files = files } }

// WithKey says where the key for sealed secrets is: in text, else in the file at path,
// which connect makes while nothing is sealed. named says that the operator chose the path.
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

// EnsureFirstKey makes sure that there is a key for a state file that does not exist yet.
func EnsureFirstKey(ctx context.Context, options ...Option) error {
	return newSettings(options).vaultKey().Ensure(ctx, nil)
}

// LookAtKeyFile reports who else may touch the key file, without reading it. some is false
// if there is no key file.
func LookAtKeyFile(options ...Option) (found vault.KeyFile, some bool) {
	return newSettings(options).vaultKey().LookAtFile()
}

// TempFolder returns the folder for temporary files: the named one, else that of the state
// file, whose disk must have room anyway; else the system's.
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
