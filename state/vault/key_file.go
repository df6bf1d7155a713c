package vault

import (
	"os"

	"github.com/eshopos/eshopctl/connector"
)

// KeyFile is how well the key file is guarded on this machine.
type KeyFile struct {
	Path     string
	Fault    *connector.Fault  // why it is not used, nil when it is
	Cure     connector.Command // of what is wrong or worth a look, none when people have to do it
	Readable bool              // by others
}

// LookAtFile looks who else may touch the key file, without reading it. There is
// nothing to tell while there is none, nor of a key that is in no file.
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
