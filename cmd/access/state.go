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

// OpenToWrite returns the state file open for writing. It does not create it: only connect
// does.
func (p *Access) OpenToWrite(ctx context.Context) (StateFile, error) {
	if p.State.DB != nil && p.State.Writes {
		return p.State.DB, nil
	}
	return p.OpenState(ctx, true, state.Open)
}

// OpenToLook returns the state file as it is open, else opens it read-only.
func (p *Access) OpenToLook(ctx context.Context) (StateFile, error) {
	if p.State.DB != nil {
		return p.State.DB, nil
	}
	return p.OpenState(ctx, false, state.OpenReadOnly)
}

// makeState creates the state file, after making sure that there is a key to seal its
// secrets with.
func (p *Access) makeState(ctx context.Context) (StateFile, error) {
	if err := state.EnsureFirstKey(ctx, p.stateOptions()...); err != nil {
		return nil, err
	}
	return p.OpenState(ctx, true, state.Create)
}

// OpenBeside opens the state file for writing a second time, for a command that has it open
// read-only. The caller closes it.
func (p *Access) OpenBeside(ctx context.Context) (StateFile, error) {
	return p.openFile(ctx, state.Open)
}

// lookInto opens the state file at a path read-only, before the settings say which one
// counts. The caller closes it.
func (p *Access) lookInto(ctx context.Context, path string) (StateFile, error) {
	return opener(state.OpenReadOnly).openAt(ctx, path, p.stateOptions())
}

// opener opens or creates a state file: state.Open and the like.
type opener func(context.Context, string, ...state.Option) (*state.DB, error)

// openAt opens the state file at a path. It exists because a nil *state.DB in a StateFile
// is not nil.
func (open opener) openAt(ctx context.Context, path string, options []state.Option) (StateFile, error) {
	db, err := open(ctx, path, options...)
	if err != nil {
		return nil, err
	}
	return db, nil
}

// OpenState opens the state file for the command, and closes it before if it was open.
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

// openFile opens the state file at the path of the settings.
func (p *Access) openFile(ctx context.Context, open opener) (StateFile, error) {
	path, err := p.statePath()
	if err != nil {
		return nil, err
	}
	return open.openAt(ctx, path, p.stateOptions())
}

// Backups restores copies of the state file.
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

// statePath is where the state file lies. Without HOME there is no default: a relative
// path in its place would be another file in every folder.
func (p *Access) statePath() (string, error) {
	if p.Face.Settings.StatePath == "" {
		return "", usage.Fault(connector.Advice("set HOME, or name files with --state and ESHOPCTL_KEY_FILE"), "it is not known where the state file lies: HOME is not set")
	}
	return p.Face.Settings.StatePath, nil
}

func (p *Access) stateOptions() []state.Option {
	chosen := p.Face.Settings
	return []state.Option{
		state.WithTemp(p.TempFolder()), state.WithPatience(p.patience), state.WithClock(p.Face.Env.Now),
		state.WithKey(chosen.Key, chosen.KeyFile, chosen.KeyGiven),
		state.WithFiles(p.Face.Source.Files), state.WithPlatforms(p.Platforms.Descriptions()),
	}
}

// TempFolder is the folder for temporary files.
func (p *Access) TempFolder() scratch.Folder {
	return state.TempFolder(p.Face.Settings.TempDir, p.Face.Settings.StatePath)
}
