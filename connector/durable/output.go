package durable

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Output is a file that is written whole and replaces the one that was there. A device,
// a pipe or a link in its place is an error.
type Output struct {
	Path string
	Mode fs.FileMode
}

// Check reports whether the file could be written, before anything is done.
func (o Output) Check() error {
	trial, err := o.create()
	if err != nil {
		return err
	}
	return errors.Join(trial.Close(), os.Remove(trial.Name()))
}

// Write puts the file in place once its content is on the disk.
func (o Output) Write(content func(io.Writer) error) error {
	fresh, err := o.create()
	if err != nil {
		return err
	}
	defer os.Remove(fresh.Name()) // after the rename there is nothing of that name
	if err := errors.Join(content(fresh), fresh.Chmod(o.Mode), fresh.Sync(), fresh.Close()); err != nil {
		return fmt.Errorf("%s: %w", o.Path, err)
	}
	return RenameTo(o.Path, fresh.Name())
}

func (o Output) create() (*os.File, error) {
	if info, err := os.Lstat(o.Path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is not a regular file", o.Path)
	}
	return Create(o.Path)
}
