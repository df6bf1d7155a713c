package scratch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

func TestFilesLeaveNothing(t *testing.T) {
	folder := Folder(t.TempDir())
	if err := folder.Check(); err != nil {
		t.Fatal(err)
	}
	file, err := folder.Create()
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if left, err := os.ReadDir(folder.Path()); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// What keeps a folder from being used is said with the folder, and what to do.
func TestUnusableFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{file, filepath.Join(t.TempDir(), "nowhere")} {
		var fault *connector.Fault
		if err := Folder(folder).Check(); !errors.As(err, &fault) || !strings.Contains(fault.Message, folder) || !strings.Contains(fault.Next.String(), "--temp-dir DIR") {
			t.Errorf("%s: %v", folder, err)
		}
	}
}

func TestErrorsOfTemporaryFiles(t *testing.T) {
	for _, test := range []struct {
		path string
		err  error
		hint string
	}{
		{"/tmp/eshopctl-temp-12", syscall.ENOSPC, "make room there, or name a folder on another disk: --temp-dir DIR"},
		{"/tmp/eshopctl-temp-12", syscall.EDQUOT, "make room there, or name a folder on another disk: --temp-dir DIR"},
		{"/tmp/eshopctl-temp-12", syscall.EFBIG, "ulimit -f unlimited, then type the same again"},
		{"/tmp/eshopctl-temp-12", syscall.EROFS, "name a folder that can be written: --temp-dir DIR"},
		{"/tmp/report.html", syscall.ENOSPC, ""},
	} {
		said := FaultOf(&fs.PathError{Op: "write", Path: test.path, Err: test.err})
		if (said == nil) != (test.hint == "") || said != nil && said.Next.String() != test.hint {
			t.Errorf("%v: %+v", test, said)
		}
	}
}
