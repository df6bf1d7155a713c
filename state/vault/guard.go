package vault

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// exposure says how others may change or replace the key file.
type exposure struct {
	why  string
	cure connector.Command // zero if no command helps
}

func (e *exposure) Error() string { return e.why }

// exposureOf returns how others may change the opened file at path or put another one in
// its place, nil if they cannot. If path is a link, the folders of both link and target
// count.
func exposureOf(path string, info fs.FileInfo) *exposure {
	if !info.Mode().IsRegular() {
		return nil // a pipe cannot be replaced later
	}
	if name, foreign := foreignOwner(info); foreign {
		return &exposure{why: "it belongs to " + name}
	}
	if writtenByOthers(info) {
		return &exposure{"others may write it", connector.Shell("chmod", "600", path)}
	}
	folders := []string{filepath.Dir(path)}
	if target, err := filepath.EvalSymlinks(path); err == nil {
		folders = append(folders, filepath.Dir(target))
	}
	for _, folder := range slices.Compact(folders) {
		if open := exposureOfFolder(folder); open != nil {
			return open
		}
	}
	return nil
}

// exposureOfFolder returns how others may put another file in place of the key.
func exposureOfFolder(folder string) *exposure {
	info, err := os.Stat(folder)
	if err != nil {
		return nil // opening the file reports it
	}
	if name, foreign := foreignOwner(info); foreign {
		return &exposure{why: fmt.Sprintf("its folder %s belongs to %s", folder, name)}
	}
	if renamedByOthers(info) {
		return &exposure{fmt.Sprintf("others may put another file in its place in %s", folder), connector.Shell("chmod", "go-w", folder)}
	}
	return nil
}
