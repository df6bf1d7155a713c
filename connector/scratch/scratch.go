package scratch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// Folder is where temporary files are made; "" stands for the system's folder.
type Folder string

// beginning is how the names of the files begin.
const beginning = "eshopctl-temp-"

// Path is the folder as the system knows it.
func (f Folder) Path() string {
	if f == "" {
		return os.TempDir()
	}
	return string(f)
}

// Create makes an empty file. It is gone with the process where the system lets an
// open file be removed; else whoever closes it removes it.
func (f Folder) Create() (*os.File, error) {
	file, err := os.CreateTemp(f.Path(), beginning+"*") // mode 0600
	if err != nil {
		return nil, f.unusableFault(err)
	}
	_ = os.Remove(file.Name())
	return file, nil
}

// Check makes sure that a file can be made and written.
func (f Folder) Check() error {
	file, err := f.Create()
	if err != nil {
		return err
	}
	_, err = file.Write(make([]byte, trialBytes))
	err = errors.Join(err, file.Close())
	_ = os.Remove(file.Name())
	if err != nil {
		return f.unusableFault(err)
	}
	return nil
}

// trialBytes is enough to show whether there is room: a smaller file may fit on a disk
// that is full.
const trialBytes = 64 << 10

func (f Folder) unusableFault(err error) error { return unusableFault(f.Path(), err) }

// FaultOf returns the fault of an error about a temporary file, nil for any other
// error.
func FaultOf(err error) *connector.Fault {
	var at *fs.PathError
	if !errors.As(err, &at) || !strings.HasPrefix(filepath.Base(at.Path), beginning) {
		return nil
	}
	return unusableFault(filepath.Dir(at.Path), err)
}

func unusableFault(folder string, err error) *connector.Fault {
	why := err
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		why = at.Err
	}
	fault := &connector.Fault{Code: connector.StateUnusable, Err: err,
		Message: fmt.Sprintf("no temporary file can be written in %s: %s", folder,
			why), Next: connector.Advice("name a folder that can be written: --temp-dir DIR")}
	switch {
	case connector.IsNoRoom(err):
		fault.Message, fault.Next = "no room is left for temporary files in "+folder, connector.Advice("make room there, or name a folder on another disk: --temp-dir DIR")
	case connector.IsTooLarge(err):
		fault.Next = connector.LetFilesGrow()
	case connector.IsTooManyFiles(err):
		fault.Next = connector.LetMoreBeOpen()
	}
	return fault
}
