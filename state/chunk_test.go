package state

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

func TestAChunkComesBackAsItWas(t *testing.T) {
	var e encoder
	for _, raw := range []string{"", "a", strings.Repeat("gid://shopify/Product/1 ", 20_000), strings.Repeat("\x00", chunkBytes)} {
		data := e.pack([]byte(raw))
		if back, err := unpack(data); err != nil || back != raw {
			t.Fatalf("%d bytes came back as %d: %v", len(raw), len(back), err)
		}
	}
}

func TestADamagedChunkIsNoticed(t *testing.T) {
	var e encoder
	data := e.pack([]byte(strings.Repeat("gid://shopify/Product/1 ", 200)))
	for range 2000 {
		damaged := bytes.Clone(data)
		switch at := rand.IntN(len(data)); rand.IntN(3) {
		case 0:
			damaged[at] ^= 1 << rand.IntN(8)
		case 1:
			damaged = damaged[:at]
		case 2:
			damaged = append(damaged[:at], damaged[at+1:]...)
		}
		if _, err := unpack(damaged); !errors.Is(err, errDamaged) {
			t.Fatalf("%x, which was %x, unpacks: %v", damaged, data, err)
		}
	}
}

func TestChunksOfEarlierSchemasAreRead(t *testing.T) {
	old, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	data := old.EncodeAll([]byte("what was stored then"), nil)
	if back, err := unpack(data); err != nil || back != "what was stored then" {
		t.Errorf("%q, %v", back, err)
	}
	data[len(data)/2] ^= 1
	if _, err := unpack(data); !errors.Is(err, errDamaged) {
		t.Error("damage was not noticed:", err)
	}
}
