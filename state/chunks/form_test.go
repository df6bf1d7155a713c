package chunks

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

func TestAChunkComesBackAsItWas(t *testing.T) {
	var p Packer
	for _, raw := range []string{"", "a", strings.Repeat("gid://shopify/Product/1 ", 20_000), strings.Repeat("\x00", mostBytes)} {
		data := p.PackChunk([]byte(raw))
		if back, err := unpackData(data); err != nil || back != raw {
			t.Fatalf("%d bytes came back as %d: %v", len(raw), len(back), err)
		}
	}
}

func TestADamagedChunkIsNoticed(t *testing.T) {
	var p Packer
	data := p.PackChunk([]byte(strings.Repeat("gid://shopify/Product/1 ", 200)))
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
		if _, err := unpackData(damaged); !errors.Is(err, ErrDamaged) {
			t.Fatalf("%x, which was %x, unpacks: %v", damaged, data, err)
		}
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
			if length++; EndsChunk([]byte(key(n))) {
				ends, longest, length = ends+1, max(longest, length), 0
			}
		}
		if ends < records/meanRecords*2/3 || ends > records/meanRecords*3/2 || longest > 16*meanRecords {
			t.Errorf("%s: %d records make %d chunks, the longest of %d", name, records, ends, longest)
		}
	}
}

// A chunk says where it ends, how many records it holds and which of them are in stock;
// its digest is that of its content alone.
func TestWhatIsNotedOfAChunk(t *testing.T) {
	level := func(key string, available int64) importer.Record {
		r := make(importer.Record, len(importer.Stock.Columns))
		for _, column := range importer.Stock.Keys {
			r[column] = importer.String(key)
		}
		for _, parent := range importer.Stock.Parents {
			r[parent.Column] = importer.String(key)
		}
		r[importer.Stock.Stocked.Tracked], r[importer.Stock.Stocked.Number] = importer.Flag(true), importer.Whole(available)
		return r
	}
	cutter := NewCutter(importer.Stock)
	add := func(records ...importer.Record) RawChunk {
		for _, r := range records {
			cutter.AddRecord(r)
		}
		return cutter.CutChunk(make([]byte, 0, 99))
	}
	two, one, again := add(level("a", 3), level("b", 0)), add(level("b", 0)), add(level("b", 0))
	if two.Records != 2 || two.InStock != 1 || string(two.Last) != importer.JoinKey("b", "b") || one.Records != 1 || one.InStock != 0 {
		t.Errorf("%+v, then %+v", two, one)
	}
	if one.Digest() != again.Digest() || one.Digest() == two.Digest() {
		t.Error("equal chunks have equal digests, and only they")
	}
	if !cutter.IsEmpty() {
		t.Error("something is left")
	}
	if wrong := add(make(importer.Record, len(importer.Stock.Columns)), level("b", 0)); wrong.Sound || !one.Sound {
		t.Errorf("a chunk with a record that cannot be is sound: %t, one without: %t", wrong.Sound, one.Sound)
	}
	remarks := NewRemarkCutter()
	for n := range mostBytes/1000 + 10 {
		if ends := remarks.AddRemark(importer.Remark{Message: strings.Repeat("x", 1000)}); ends != (len(remarks.next.Bytes) >= mostBytes) || ends && n < mostBytes/2000 {
			t.Fatalf("with %d bytes it ends: %t", len(remarks.next.Bytes), ends)
		}
	}
	if len(remarks.next.Bytes) < mostBytes {
		t.Error("no giant was made")
	}
	if s := scanned(t, new(Packer).PackChunk(two.Bytes)); !s.IsRaw(two) || s.IsRaw(one) {
		t.Error("what is stored is another chunk")
	}
}

// What cannot be true of a chunk is noticed, and so is each thing that is noted otherwise.
func TestNotesOfChunks(t *testing.T) {
	good := Note{Chunk: importer.Chunk{Digest: "d", Last: "k", Records: 3, InStock: 2, Sound: true}}
	var want Sum
	want.AddNote(good)
	for name, c := range map[string]struct {
		spoil func(*Note)
		wrong bool
	}{
		"nothing":               {func(*Note) {}, false},
		"no record":             {func(n *Note) { n.Records = 0 }, true},
		"more records than fit": {func(n *Note) { n.Records = 1 << 40 }, true},
		"more in stock":         {func(n *Note) { n.InStock = 4 }, true},
		"less than nothing":     {func(n *Note) { n.InStock = -1 }, true},
		"a key of before":       {func(n *Note) { n.Last = "a" }, true},
		"a digest of megabytes": {func(n *Note) { n.Digest = strings.Repeat("d", 1<<20) }, true},
		"such a base":           {func(n *Note) { n.Base = strings.Repeat("d", 1<<20) }, true},
		"another digest":        {func(n *Note) { n.Digest = "e" }, false},
		"another base":          {func(n *Note) { n.Base = "e" }, false},
		"fewer records":         {func(n *Note) { n.Records = 2 }, false},
		"not sound":             {func(n *Note) { n.Sound = false }, false},
		"a key further on":      {func(n *Note) { n.Last = "l" }, false},
	} {
		n := good
		c.spoil(&n)
		if err := n.CheckAfter("b"); errors.Is(err, ErrDamaged) != c.wrong {
			t.Errorf("%s: %v", name, err)
		}
		var sum Sum
		sum.AddNote(n)
		if same := sum.String() == want.String(); same != (name == "nothing") {
			t.Errorf("%s: the sum is the same: %t", name, same)
		}
	}
}
