package cmd

import (
	"context"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/state"
)

// openState is the state file as a command has it open. It is opened once, for what
// comes first, and closed when the command has ended.
type openState struct {
	db     *state.DB // nil while it is not open
	writes bool
}

// openToWrite opens the state file to be written, unless it is; only connect may create
// it.
func (p *program) openToWrite(ctx context.Context) (*state.DB, error) {
	if p.state.db != nil && p.state.writes {
		return p.state.db, nil
	}
	return p.open(ctx, true, state.Open)
}

// openToLook opens the state file for who only reads, unless it is open.
func (p *program) openToLook(ctx context.Context) (*state.DB, error) {
	if p.state.db != nil {
		return p.state.db, nil
	}
	return p.open(ctx, false, state.OpenReadOnly)
}

// opener opens a state file, or makes one.
type opener func(context.Context, string, ...state.Option) (*state.DB, error)

// open opens the state file for the command, anew if it is open.
func (p *program) open(ctx context.Context, writes bool, open opener) (*state.DB, error) {
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
func (p *program) opened(ctx context.Context, open opener) (*state.DB, error) {
	path, err := p.statePath()
	if err != nil {
		return nil, err
	}
	return open(ctx, path, p.stateOptions()...)
}

func (p *program) statePath() (string, error) {
	if p.config.StatePath == "" {
		return "", usage("set HOME, or name files with --state and ESHOPCTL_KEY_FILE", "it is not known where the state file lies: HOME is not set")
	}
	return p.config.StatePath, nil
}

func (p *program) stateOptions() []state.Option {
	return []state.Option{state.WithTemp(p.tempFolder()), state.WithPatience(p.patience), state.WithClock(p.env.Now), state.WithKey(p.config.Key, p.config.KeyFile, p.config.KeyGiven), state.WithFiles(p.files)}
}

// tempFolder is where what does not fit the memory goes.
func (p *program) tempFolder() scratch.Folder {
	return state.TempFolder(p.config.TempDir, p.config.StatePath)
}
