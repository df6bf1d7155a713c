package state

import (
	"bytes"
	"errors"
	"fmt"
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

func TestChunksAreAboutAsLongAsTheyShouldBe(t *testing.T) {
	for name, key := range map[string]func(n int) string{
		"in a row": func(n int) string { return fmt.Sprintf("gid://shopify/Product/%d", 8_000_000_000_000+n) },
		"in steps": func(n int) string { return fmt.Sprintf("gid://shopify/Product/%d", 8_000_000_000_000+n*32768) },
		"two by two": func(n int) string {
			return fmt.Sprintf("gid://shopify/InventoryItem/%d\x00gid://shopify/Location/%d", 5_000_000_000+n/4, 70+n%4)
		},
		"at random": func(n int) string { return fmt.Sprint(rand.Uint64()) },
	} {
		const records = 400_000
		ends, longest, length := 0, 0, 0
		for n := range records {
			if length++; endsChunk([]byte(key(n))) {
				ends, longest, length = ends+1, max(longest, length), 0
			}
		}
		if ends < records/chunkRecords*2/3 || ends > records/chunkRecords*3/2 || longest > 16*chunkRecords {
			t.Errorf("%s: %d records make %d chunks, the longest of %d", name, records, ends, longest)
		}
	}
}
