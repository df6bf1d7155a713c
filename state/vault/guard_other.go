//go:build !unix

package vault

import (
	"io/fs"
)

// On other systems the mode of a file does not say who else may touch it: it inherits the
// rights of the user's own folder.
func writtenByOthers(fs.FileInfo) bool { return false }

func readByOthers(fs.FileInfo) bool { return false }

func renamedByOthers(fs.FileInfo) bool { return false }

func foreignOwner(fs.FileInfo) (name string, foreign bool) { return "", false }
