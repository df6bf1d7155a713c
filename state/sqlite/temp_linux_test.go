package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/testdata/descriptors"
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
	if open := descriptors.OpenIn(t, folder); len(open) == 0 {
		t.Error("SQLite has its temporary file elsewhere")
	}
}
