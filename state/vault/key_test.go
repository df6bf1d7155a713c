package vault

import (
	"os"
	"path/filepath"
	"testing"
)

// Two processes that start together have one key: that of the first.
func TestTheKeyOfTheFirstProcessStays(t *testing.T) {
	place := Key{path: filepath.Join(t.TempDir(), "config", "key")}
	if err := place.makeFile(); err != nil {
		t.Fatal(err)
	}
	first, err := os.ReadFile(place.path)
	if err != nil {
		t.Fatal(err)
	}
	if err := place.makeFile(); err != nil { // of one that had looked before it was there
		t.Fatal(err)
	}
	if now, err := os.ReadFile(place.path); err != nil || string(now) != string(first) {
		t.Errorf("the key is another one now: %v", err)
	}
}
