//go:build unix

package state

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

// Who may write a key, or put another one in its place, knows what is sealed with it.
//
// hazard S7, S13
func TestKeyOfOthersIsRefused(t *testing.T) {
	for name, test := range map[string]struct {
		file, folder os.FileMode
		says, cure   string // "" when it is used
		readable     bool
	}{
		"own":             {0o600, 0o700, "", "", false},
		"own, read only":  {0o400, 0o500, "", "", false},
		"read by all":     {0o644, 0o755, "", "", true},
		"read by a group": {0o640, 0o755, "", "", true},
		"written by all":  {0o602, 0o700, "others may write it", "chmod 600 ", false},
		"by everybody":    {0o666, 0o700, "others may write it", "chmod 600 ", true},
		"by a group":      {0o620, 0o700, "others may write it", "chmod 600 ", false},
		"open folder":     {0o600, 0o777, "others may put another file in its place", "chmod go-w ", false},
		"sticky folder":   {0o600, 0o777 | os.ModeSticky, "", "", false},
	} {
		t.Run(name, func(t *testing.T) {
			folder := ownFolder(t)
			path := filepath.Join(folder, "key")
			key := WithKey(connector.Secret{}, path, true)
			if err := EnsureFirstKey(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			link := filepath.Join(ownFolder(t), "link")
			for _, change := range []error{os.Chmod(path, test.file), os.Chmod(folder, test.folder), os.Symlink(path, link)} {
				if change != nil {
					t.Fatal(change)
				}
			}
			t.Cleanup(func() { _ = os.Chmod(folder, 0o700) })
			for _, named := range []string{path, link} {
				key := WithKey(connector.Secret{}, named, true)
				err := EnsureFirstKey(t.Context(), key)
				if test.says == "" && err != nil || test.says != "" && (!isFault(err, connector.KeyUnusable, test.says) || !strings.HasPrefix(err.(*connector.Fault).Next.String(), test.cure)) {
					t.Errorf("%s: %v", named, err)
				}
				found, some := LookAtKeyFile(key)
				if !some || (found.Fault != nil) != (test.says != "") || found.Readable != test.readable {
					t.Errorf("%s: %+v", named, found)
				}
				if test.readable != (strings.Join(found.Cure.Words(), " ") == "chmod 600 "+named) && test.cure == "" {
					t.Errorf("%s: the cure is %q", named, found.Cure.Words())
				}
			}
		})
	}
}

// A key is not made where others could exchange it.
func TestKeyIsNotMadeInAnOpenFolder(t *testing.T) {
	folder := ownFolder(t)
	if err := os.Chmod(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "key")
	if err := EnsureFirstKey(t.Context(), WithKey(connector.Secret{}, path, true)); !isFault(err, connector.KeyUnusable, "others may put another file in its place") {
		t.Error(err)
	}
	if _, err := os.Lstat(path); err == nil {
		t.Error("it was made")
	}
}

// Another user's key is not used, whoever may write it; root may do everything anyway.
func TestOwnerOfTheKey(t *testing.T) {
	path := filepath.Join(ownFolder(t), "key")
	key := WithKey(connector.Secret{}, path, true)
	if err := EnsureFirstKey(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(path, 12345, -1); err != nil {
		t.Skip("only root can give a file away")
	}
	if err := EnsureFirstKey(t.Context(), key); !isFault(err, connector.KeyUnusable, "it belongs to user 12345") {
		t.Error(err)
	}
}
