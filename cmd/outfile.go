package cmd

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/durable"
)

// outFile is a file that a command writes besides what it prints. It is put in
// place in one step, so that nobody reads half of it, and replaces one that was
// there.
type outFile struct {
	path string
	mode fs.FileMode
}

// create makes the file under another name, beside the one that it will have.
func (f outFile) create() (*os.File, error) {
	if info, err := os.Lstat(f.path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", f.path)
	}
	return durable.Create(f.path)
}

// check reports whether the file could be written, before anything is done.
func (f outFile) check() error {
	trial, err := f.create()
	if err != nil {
		return err
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name()))
}

func (f outFile) write(content func(io.Writer) error) error {
	fresh, err := f.create()
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name()) // after the rename there is nothing of that name
	if err := errors.Join(content(fresh), fresh.Chmod(f.mode), fresh.Sync(), fresh.Close()); err != nil {
		return fmt.Errorf("%s: %w", f.path, err)
	}
	return durable.RenameTo(f.path, fresh.Name())
}

// checkSpared refuses to write into what the program keeps for itself: the state file and
// what SQLite has beside it, there or not yet, and the key. instead are the flags
// that name another file.
func checkSpared(p *access.Access, path string, instead connector.Next) error {
	state := p.Face.Settings.StatePath
	for _, kept := range []string{state, state + "-wal", state + "-shm", state + "-journal", p.Face.Settings.KeyFile} {
		if sameFile(path, kept) || samePlace(path, kept) {
			return usage.Fault(instead, "%s is the state file, or belongs to it", path)
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	second, otherErr := os.Stat(b)
	return err == nil && otherErr == nil && os.SameFile(first, second)
}

func samePlace(a, b string) bool {
	return filepath.Base(a) == filepath.Base(b) && sameFile(filepath.Dir(a), filepath.Dir(b))
}
