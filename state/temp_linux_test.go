package state

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/eshopos/eshopctl/connector/scratch"
	"github.com/eshopos/eshopctl/testdata/descriptors"
)

// Temporary files of sorters lie in the folder that was named.
func TestTemporaryFilesOfSorters(t *testing.T) {
	folder := t.TempDir()
	db, err := Create(t.Context(), filepath.Join(t.TempDir(), "state.db"), WithTemp(scratch.Folder(folder)))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	sorted := db.NewSorter()
	defer sorted.Close()
	for n := range 3 {
		if err := sorted.PutEntry(fmt.Append(nil, n), make([]byte, 1<<20)); err != nil {
			t.Fatal(err)
		}
	}
	if len(descriptors.OpenIn(t, folder)) == 0 {
		t.Error("a sorter has its temporary file elsewhere")
	}
}

// Where nothing is named, the folder of the state file is taken, and the system's
// where that cannot be written or there is no state file.
func TestTempFolder(t *testing.T) {
	folder := t.TempDir()
	for _, test := range []struct{ named, state, want string }{
		{"", filepath.Join(folder, "state.db"), folder},
		{"", "", ""},
		{"", filepath.Join(folder, "nowhere", "state.db"), ""},
		{"/named", filepath.Join(folder, "state.db"), "/named"},
	} {
		if got := TempFolder(test.named, test.state); string(got) != test.want {
			t.Errorf("%q beside %q: %q", test.named, test.state, got)
		}
	}
}
