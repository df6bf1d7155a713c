package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector/scratch"
)

// Temporary files of SQLite lie in the folder that was named, also where its name is odd.
func TestTemporaryFilesOfSQLite(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "it's here")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	o := options
	o.Temp = scratch.Folder(folder)
	f := created(t, filepath.Join(t.TempDir(), "state.db"), o)
	execAll(t, f.write, "PRAGMA temp.cache_size = 10", "CREATE TEMP TABLE big (x)",
		"INSERT INTO big SELECT printf('%9000d', value) FROM json_each('["+strings.Repeat("1,", 500)+"1]')")
	if open := openIn(t, folder); len(open) == 0 {
		t.Error("SQLite has its temporary file elsewhere")
	}
}

// openIn lists the files of a folder that this process has open.
func openIn(t *testing.T, folder string) (open []string) {
	t.Helper()
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip(err)
	}
	for _, descriptor := range descriptors {
		if name, err := os.Readlink("/proc/self/fd/" + descriptor.Name()); err == nil && strings.HasPrefix(name, folder+"/") {
			open = append(open, name)
		}
	}
	return open
}
