package vault

import (
	"os"

	"github.com/eshopos/eshopctl/connector"
)

// KeyFile says how well the key file is guarded on this machine.
type KeyFile struct {
	Path     string
	Fault    *connector.Fault  // why it is not used, nil if it is
	Cure     connector.Command // what helps, zero if no command does
	Readable bool              // others may read it
}

// LookAtFile reports who else may touch the key file, without reading it. some is false if
// there is no key file.
func (k Key) LookAtFile() (found KeyFile, some bool) {
	info, err := os.Stat(k.path)
	if !k.text.IsZero() || k.path == "" || err != nil || !info.Mode().IsRegular() {
		return KeyFile{}, false
	}
	found = KeyFile{Path: k.path, Readable: readByOthers(info)}
	if found.Readable {
		found.Cure = connector.Shell("chmod", "600", k.path)
	}
	if open := exposureOf(k.path, info); open != nil {
		found.Fault, found.Cure = k.refusalOf(open), open.cure
	}
	return found, true
}
