package vault

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/eshopos/eshopctl/connector"
)

// KeyFile is how well the key file is guarded on this machine.
type KeyFile struct {
	Path     string
	Fault    *connector.Fault  // why it is not used, nil when it is
	Cure     connector.Command // of what is wrong or worth a look, none when people have to do it
	Readable bool              // by others
}

// Look looks who else may touch the key file, without reading it. There is
// nothing to tell while there is none, nor of a key that is in no file.
func (k Key) Look() (found KeyFile, some bool) {
	info, err := os.Stat(k.path)
	if !k.text.IsZero() || k.path == "" || err != nil || !info.Mode().IsRegular() {
		return KeyFile{}, false
	}
	found = KeyFile{Path: k.path, Readable: readByOthers(info)}
	if found.Readable {
		found.Cure = connector.Shell("chmod", "600", k.path)
	}
	if open := k.exposure(info); open != nil {
		found.Fault, found.Cure = k.refusal(open), open.cure
	}
	return found, true
}

// exposed is a key file that others may change, or exchange.
type exposed struct {
	why  string
	cure connector.Command // none when people have to do it
}

func (e *exposed) Error() string { return e.why }

// guarded refuses a key file that others may change or exchange: whoever can do that
// knows what the secrets are sealed with.
func (k Key) guarded(info fs.FileInfo) error {
	if open := k.exposure(info); open != nil {
		return k.refusal(open)
	}
	return nil
}

func (k Key) folderGuarded(folder string) error {
	if open := folderExposure(folder); open != nil {
		return k.refusal(open)
	}
	return nil
}

// exposure tells how others may change the file that was opened, or put another one in
// its place; nil when they cannot. Of a link both folders count.
func (k Key) exposure(info fs.FileInfo) *exposed {
	if !info.Mode().IsRegular() {
		return nil // a pipe is no file that stays
	}
	if name, foreign := foreignOwner(info); foreign {
		return &exposed{why: "it belongs to " + name}
	}
	if writtenByOthers(info) {
		return &exposed{"others may write it", connector.Shell("chmod", "600", k.path)}
	}
	folders := []string{filepath.Dir(k.path)}
	if target, err := filepath.EvalSymlinks(k.path); err == nil {
		folders = append(folders, filepath.Dir(target))
	}
	for _, folder := range slices.Compact(folders) {
		if open := folderExposure(folder); open != nil {
			return open
		}
	}
	return nil
}

// folderExposure tells how others may give another file the key's name.
func folderExposure(folder string) *exposed {
	info, err := os.Stat(folder)
	if err != nil {
		return nil // it is told when the file cannot be opened
	}
	if name, foreign := foreignOwner(info); foreign {
		return &exposed{why: fmt.Sprintf("its folder %s belongs to %s", folder, name)}
	}
	if renamedByOthers(info) {
		return &exposed{fmt.Sprintf("others may put another file in its place in %s", folder), connector.Shell("chmod", "go-w", folder)}
	}
	return nil
}

func (k Key) refusal(open *exposed) *connector.Fault {
	fault := &connector.Fault{Code: connector.KeyUnusable, Message: fmt.Sprintf("%s is not used: %s", k, open.why), Err: open, Next: open.cure.Next()}
	if open.cure.IsZero() {
		fault.Next = connector.Typed("doctor").After("have its owner give it to you, or name another file with ESHOPCTL_KEY_FILE; to see more: ")
	}
	return fault
}
