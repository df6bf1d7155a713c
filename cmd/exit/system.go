package exit

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"github.com/eshopos/eshopctl/connector"
	"github.com/eshopos/eshopctl/connector/scratch"
)

// ofSystem is the fault of an error of the operating system about room or rights, nil for
// any other error. Whatever was being done, it is no bug and no fault of the shop.
func ofSystem(err error) *connector.Fault {
	if connector.IsTooManyFiles(err) {
		return &connector.Fault{Code: connector.Internal, Err: err,
			Message: "no more files may be open at a time (ulimit -n): " + err.Error(), Next: connector.LetMoreBeOpen()}
	}
	if said := scratch.FaultOf(err); said != nil {
		return said
	}
	if already := (*connector.Fault)(nil); errors.As(err, &already) {
		return nil
	}
	path, why := pathOf(err)
	if path == "" || path == os.Stdout.Name() {
		return nil
	}
	fault := &connector.Fault{Code: connector.Internal, Err: err, Message: fmt.Sprintf("%s cannot be written: %s", path, why)}
	switch {
	case connector.IsNoRoom(err):
		fault.Message = "no room is left on the disk of " + filepath.Dir(path) + " for " + filepath.Base(path)
		fault.Next = connector.Advice("make room there, then type the same again")
	case connector.IsTooLarge(err):
		fault.Next = connector.LetFilesGrow()
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		fault.Next = connector.Advice("name a file in a folder that can be written, then type the same again")
	default:
		return nil
	}
	return fault
}

// pathOf is the file that an error is about, and what is wrong with it; "" when it is about
// no file.
func pathOf(err error) (path string, why error) {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		return at.Path, at.Err
	}
	if at := (*os.LinkError)(nil); errors.As(err, &at) {
		return at.New, at.Err
	}
	return "", nil
}

// ReasonOf is why something could not be written, in the words of the operating system.
func ReasonOf(err error) string {
	if reason := (syscall.Errno)(0); errors.As(err, &reason) {
		return reason.Error()
	}
	return err.Error()
}
