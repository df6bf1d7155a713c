package cmd

import (
	"context"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state"
)

// openState is the state file as a command has it open. It is opened once, for what
// comes first, and closed when the command has ended.
type openState struct {
	db     stateFile // nil while it is not open
	writes bool
}

// openToWrite opens the state file to be written, unless it is; only connect may create
// it.
func (p *program) openToWrite(ctx context.Context) (stateFile, error) {
	if p.state.db != nil && p.state.writes {
		return p.state.db, nil
	}
	return p.open(ctx, true, state.Open)
}

// openToLook opens the state file for who only reads, unless it is open.
func (p *program) openToLook(ctx context.Context) (stateFile, error) {
	if p.state.db != nil {
		return p.state.db, nil
	}
	return p.open(ctx, false, state.OpenReadOnly)
}

// makeState opens the state file, which is made, once it is known that what comes into
// it can be sealed.
func (p *program) makeState(ctx context.Context) (stateFile, error) {
	if err := state.EnsureFirstKey(ctx, p.stateOptions()...); err != nil {
		return nil, err
	}
	return p.open(ctx, true, state.Create)
}

// openBeside opens the state file to be written beside what the command has open, which
// only looks. Who calls it closes it.
func (p *program) openBeside(ctx context.Context) (stateFile, error) {
	return p.opened(ctx, state.Open)
}

// lookInto opens the state file at a path before it is known which one the command is
// about. Who calls it closes it.
func (p *program) lookInto(ctx context.Context, path string) (stateFile, error) {
	return opener(state.OpenReadOnly).at(ctx, path, p.stateOptions())
}

// opener opens a state file, or makes one.
type opener func(context.Context, string, ...state.Option) (*state.DB, error)

// at is what it opens; a nil *state.DB would be no nil stateFile.
func (open opener) at(ctx context.Context, path string, options []state.Option) (stateFile, error) {
	db, err := open(ctx, path, options...)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// open opens the state file for the command, anew if it is open.
func (p *program) open(ctx context.Context, writes bool, open opener) (stateFile, error) {
	p.closeState()
	db, err := p.opened(ctx, open)
	if err == nil {
		p.state = openState{db, writes}
	}
	return db, err
}

// closeState closes the state file, if it is open.
func (p *program) closeState() {
	if p.state.db != nil {
		_ = p.state.db.Close()
	}
	p.state = openState{}
}

// opened opens the state file where it is known to lie: a relative path in the
// place of a home folder would be another file in every folder.
func (p *program) opened(ctx context.Context, open opener) (stateFile, error) {
	path, err := p.statePath()
	if err != nil {
		return nil, err
	}
	return open.at(ctx, path, p.stateOptions())
}

// backups are what may take the place of the state file.
func (p *program) backups() (job.Backups, error) {
	path, err := p.statePath()
	return state.Backups{Path: path, Options: p.stateOptions()}, err
}

// keyFile is how well the key file is guarded, nil while there is none.
func (p *program) keyFile() *health.KeyFile {
	found, some := state.LookAtKeyFile(p.stateOptions()...)
	if !some {
		return nil
	}
	return &health.KeyFile{Path: found.Path, Fault: found.Fault, Readable: found.Readable, Cure: found.Cure}
}

func (p *program) statePath() (string, error) {
	if p.face.Settings.StatePath == "" {
		return "", usage.Fault(connector.Advice("set HOME, or name files with --state and ESHOPCTL_KEY_FILE"), "it is not known where the state file lies: HOME is not set")
	}
	return p.face.Settings.StatePath, nil
}

func (p *program) stateOptions() []state.Option {
	return []state.Option{state.WithTemp(p.tempFolder()), state.WithPatience(p.patience), state.WithClock(p.face.Env.Now), state.WithKey(p.face.Settings.Key, p.face.Settings.KeyFile, p.face.Settings.KeyGiven), state.WithFiles(p.face.Source.Files), state.WithPlatforms(p.platforms.say())}
}

// tempFolder is where what does not fit the memory goes.
func (p *program) tempFolder() scratch.Folder {
	return state.TempFolder(p.face.Settings.TempDir, p.face.Settings.StatePath)
}
