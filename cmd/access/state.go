package access

import (
	"context"

	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/health"
	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/importer/job"
	"github.com/eshopos/eshopctl/state"
)

// OpenToWrite opens the state file to be written, unless it is; only connect may create
// it.
func (p *Access) OpenToWrite(ctx context.Context) (StateFile, error) {
	if p.State.DB != nil && p.State.Writes {
		return p.State.DB, nil
	}
	return p.OpenState(ctx, true, state.Open)
}

// OpenToLook opens the state file for who only reads, unless it is open.
func (p *Access) OpenToLook(ctx context.Context) (StateFile, error) {
	if p.State.DB != nil {
		return p.State.DB, nil
	}
	return p.OpenState(ctx, false, state.OpenReadOnly)
}

// makeState opens the state file, which is made, once it is known that what comes into
// it can be sealed.
func (p *Access) makeState(ctx context.Context) (StateFile, error) {
	if err := state.EnsureFirstKey(ctx, p.stateOptions()...); err != nil {
		return nil, err
	}
	return p.OpenState(ctx, true, state.Create)
}

// OpenBeside opens the state file to be written beside what the command has open, which
// only looks. Who calls it closes it.
func (p *Access) OpenBeside(ctx context.Context) (StateFile, error) {
	return p.openFile(ctx, state.Open)
}

// lookInto opens the state file at a path before it is known which one the command is
// about. Who calls it closes it.
func (p *Access) lookInto(ctx context.Context, path string) (StateFile, error) {
	return opener(state.OpenReadOnly).openAt(ctx, path, p.stateOptions())
}

// opener opens a state file, or makes one.
type opener func(context.Context, string, ...state.Option) (*state.DB, error)

// openAt is what it opens; a nil *state.DB would be no nil stateFile.
func (open opener) openAt(ctx context.Context, path string, options []state.Option) (StateFile, error) {
	db, err := open(ctx, path, options...)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// OpenState opens the state file for the command, anew if it is open.
func (p *Access) OpenState(ctx context.Context, writes bool, open opener) (StateFile, error) {
	p.CloseState()
	db, err := p.openFile(ctx, open)
	if err == nil {
		p.State = openState{db, writes}
	}
	return db, err
}

// CloseState closes the state file, if it is open.
func (p *Access) CloseState() {
	if p.State.DB != nil {
		_ = p.State.DB.Close()
	}
	p.State = openState{}
}

// openFile opens the state file where it is known to lie: a relative path in the
// place of a home folder would be another file in every folder.
func (p *Access) openFile(ctx context.Context, open opener) (StateFile, error) {
	path, err := p.statePath()
	if err != nil {
		return nil, err
	}
	return open.openAt(ctx, path, p.stateOptions())
}

// Backups are what may take the place of the state file.
func (p *Access) Backups() (job.Backups, error) {
	path, err := p.statePath()
	return state.Backups{Path: path, Options: p.stateOptions()}, err
}

// KeyFile is how well the key file is guarded, nil while there is none.
func (p *Access) KeyFile() *health.KeyFile {
	found, some := state.LookAtKeyFile(p.stateOptions()...)
	if !some {
		return nil
	}
	return &health.KeyFile{Path: found.Path, Fault: found.Fault, Readable: found.Readable, Cure: found.Cure}
}

func (p *Access) statePath() (string, error) {
	if p.Face.Settings.StatePath == "" {
		return "", usage.Fault(connector.Advice("set HOME, or name files with --state and ESHOPCTL_KEY_FILE"), "it is not known where the state file lies: HOME is not set")
	}
	return p.Face.Settings.StatePath, nil
}

func (p *Access) stateOptions() []state.Option {
	return []state.Option{state.WithTemp(p.TempFolder()), state.WithPatience(p.patience), state.WithClock(p.Face.Env.Now), state.WithKey(p.Face.Settings.Key, p.Face.Settings.KeyFile, p.Face.Settings.KeyGiven), state.WithFiles(p.Face.Source.Files), state.WithPlatforms(p.Platforms.Descriptions())}
}

// TempFolder is where what does not fit the memory goes.
func (p *Access) TempFolder() scratch.Folder {
	return state.TempFolder(p.Face.Settings.TempDir, p.Face.Settings.StatePath)
}
