package vault

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// exposure is a key file that others may change, or exchange.
type exposure struct {
	why  string
	cure connector.Command // none when people have to do it
}

func (e *exposure) Error() string { return e.why }

// exposureOf tells how others may change the file at path that was opened, or put another one in
// its place; nil when they cannot. Of a link both folders count.
func exposureOf(path string, info fs.FileInfo) *exposure {
	if !info.Mode().IsRegular() {
		return nil // a pipe is no file that stays
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

// exposureOfFolder tells how others may give another file the key's name.
func exposureOfFolder(folder string) *exposure {
	info, err := os.Stat(folder)
	if err != nil {
		return nil // it is told when the file cannot be opened
	}
	if name, foreign := foreignOwner(info); foreign {
		return &exposure{why: fmt.Sprintf("its folder %s belongs to %s", folder, name)}
	}
	if renamedByOthers(info) {
		return &exposure{fmt.Sprintf("others may put another file in its place in %s", folder), connector.Shell("chmod", "go-w", folder)}
	}
	return nil
}
