package cmd

import (
	"os"
	"path/filepath"

	"github.com/eshopos/eshopctl/cmd/access"
	"github.com/eshopos/eshopctl/cmd/usage"
	"github.com/eshopos/eshopctl/connector"
)

// checkSpared refuses an output path that is one of the program's own files: the key, the
// state file and those that SQLite keeps beside it, whether they exist or not. instead are
// the flags that name another file.
func checkSpared(p *access.Access, path string, instead connector.Next) error {
	state := p.Face.Settings.StatePath
	for _, kept := range []string{state, state + "-wal", state + "-shm", state + "-journal", p.Face.Settings.KeyFile} {
		if sameFile(path, kept) || samePlace(path, kept) {
			return usage.Fault(instead, "%s is the state file, or belongs to it", path)
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	first, err := os.Stat(a)
	second, otherErr := os.Stat(b)
	return err == nil && otherErr == nil && os.SameFile(first, second)
}

func samePlace(a, b string) bool {
	return filepath.Base(a) == filepath.Base(b) && sameFile(filepath.Dir(a), filepath.Dir(b))
}
