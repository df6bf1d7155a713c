package vault

import (
	"bytes"
	"testing"

	"github.com/eshopos/eshopctl/connector"
)

func TestSeal(t *testing.T) {
	one, err := newSealer(bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	other, err := newSealer(bytes.Repeat([]byte{2}, 32))
	if err != nil {
		t.Fatal(err)
	}
	secret := connector.NewSecret("CANARY")
	sealed := one.sealBound(secret, "a", "bc")
	if again := one.sealBound(secret, "a", "bc"); bytes.Equal(sealed, again) {
		t.Error("the same secret is sealed to the same bytes")
	}
	if got, err := one.openBound(sealed, "a", "bc"); err != nil || got != secret {
		t.Errorf("%v", err)
	}
	if _, err := one.openBound(sealed, "ab", "c"); err != errMoved {
		t.Errorf("another owner: %v", err)
	}
	if _, err := other.openBound(sealed, "a", "bc"); err != ErrOtherKey {
		t.Errorf("another key: %v", err)
	}
	for i := range sealed {
		altered := bytes.Clone(sealed)
		altered[i] ^= 1
		if _, err := one.openBound(altered, "a", "bc"); err == nil {
			t.Errorf("opens with byte %d altered", i)
		}
		if _, err := one.openBound(sealed[:i], "a", "bc"); err == nil {
			t.Errorf("opens when cut to %d bytes", i)
		}
	}
}
