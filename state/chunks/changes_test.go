package chunks

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/eshopos/eshopctl/importer"
)

// scanned is a chunk as it is read.
func scanned(t testing.TB, data []byte) (s Content) {
	t.Helper()
	if err := s.Scan(data); err != nil {
		t.Fatal(err)
	}
	return s
}

// Each change of a plan comes back with all that it says.
func TestChangesComeBackAsTheyWere(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		table := rapid.SampledFrom(importer.Tables()).Draw(rt, "table")
		var put []importer.Change
		var changes Changes
		for range rapid.IntRange(1, 5).Draw(rt, "changes") {
			c := anyChange(rt, table)
			put = append(put, c)
			changes.AddChange(c)
		}
		i := 0
		for got, err := range scanned(t, changes.PackChunk()).Changes(table) {
			if err != nil {
				rt.Fatal(err)
			}
			got.Saw = importer.Layout{}
			if i >= len(put) || !reflect.DeepEqual(got, put[i]) {
				rt.Fatalf("number %d came back as %+v", i, got)
			}
			i++
		}
		if i != len(put) {
			rt.Fatalf("%d of %d came back", i, len(put))
		}
		if changes.Table() != nil {
			rt.Fatal("what was packed is still there")
		}
	})
}

func anyChange(rt *rapid.T, t *importer.Table) importer.Change {
	yes := func(what string) bool { return rapid.Bool().Draw(rt, what) }
	c := importer.Change{
		Action: rapid.SampledFrom([]importer.Action{importer.Create, importer.Update, importer.Remove, importer.Reject}).Draw(rt, "action"),
		Table:  t, Key: anyText(rt), LocalID: anyText(rt), Drifted: yes("drifted"), Both: yes("both"), Foreign: yes("foreign"), Zeroed: yes("zeroed"),
		Records: rapid.IntRange(0, 1<<40).Draw(rt, "records"), Moved: rapid.SampledFrom([]importer.Mover{"", importer.ByNeither}).Draw(rt, "moved"),
	}
	copy(c.Seen[:], rapid.SliceOfN(rapid.Byte(), len(c.Seen), len(c.Seen)).Draw(rt, "seen"))
	for range rapid.IntRange(0, 3).Draw(rt, "fields") {
		c.Fields = append(c.Fields, importer.FieldChange{Column: rapid.IntRange(0, len(t.Columns)-1).Draw(rt, "column"), Old: anyValue(rt), New: anyValue(rt)})
	}
	c.Rejected = c.Action == importer.Reject || c.Action == importer.Remove && yes("rejected")
	if c.Filled = !c.Rejected && yes("filled"); !c.Filled && c.Action != importer.Remove && yes("imported") {
		c.Imported = anyRecord(rt, t)
	}
	return c
}

func anyRecord(rt *rapid.T, t *importer.Table) importer.Record {
	r := make(importer.Record, len(t.Columns))
	for i := range r {
		r[i] = anyValue(rt)
	}
	return r
}

func anyValue(rt *rapid.T) importer.Value {
	return rapid.SampledFrom([]importer.Value{importer.None, importer.String(""), importer.Flag(true), importer.Whole(-7), importer.String(anyText(rt))}).Draw(rt, "value")
}

func anyText(rt *rapid.T) string {
	return rapid.SampledFrom([]string{"", "gid://shopify/Product/1", "a\x00b", "\xff ü", strings.Repeat("x", 300)}).Draw(rt, "text")
}

// What was imported into a row comes back from its columns as they are now and from
// those of a program with others.
func TestASingleRecordIsReadByName(t *testing.T) {
	later := *importer.Products
	later.Columns = append(append([]importer.Column{}, later.Columns...), importer.Column{Name: "colour"})
	for _, c := range []struct{ written, read *importer.Table }{
		{importer.Products, importer.Products}, {importer.Products, &later}, {&later, &later}, {&later, importer.Products},
	} {
		r := make(importer.Record, len(c.written.Columns))
		for i := range r {
			r[i] = importer.String(fmt.Sprint(c.written.Columns[i].Name, " of it"))
		}
		back, err := DecodeSingle(c.read, EncodeSingle(c.written, r))
		if err != nil || len(back) != len(c.read.Columns) {
			t.Fatalf("%v: %d values", err, len(back))
		}
		for i, column := range c.read.Columns {
			want := importer.String(column.Name + " of it")
			if column.Name == "colour" && c.written != &later {
				want = importer.Unheld
			}
			if back[i] != want {
				t.Errorf("%s is %q, want %q", column.Name, back[i].Text(), want.Text())
			}
		}
	}
}

// Whatever stands where a chunk is stored, it is records, changes or an error.
func FuzzStored(f *testing.F) {
	var changes Changes
	changes.AddChange(importer.Change{Table: importer.Stock, Action: importer.Update, Key: "a\x00b", Fields: []importer.FieldChange{{Column: 1, New: importer.Whole(1)}}})
	cutter := NewCutter(importer.Products)
	cutter.AddRecord(make(importer.Record, len(importer.Products.Columns)))
	for _, seed := range [][]byte{changes.raw, cutter.CutChunk(nil).Bytes, nil, []byte("x")} {
		f.Add(seed, true)
		f.Add(seed, false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, named bool) {
		data := new(Packer).PackChunk(raw)
		if !named {
			data[0] = formUnnamed
		}
		s := scanned(t, data)
		_, _ = unpackData(raw)
		for _, table := range append(importer.Tables(), RemarkTable) {
			for _, err := range s.Changes(table) {
				_ = err
			}
			for _, read := range []func() (importer.PackedRecords, error){
				func() (importer.PackedRecords, error) { return s.Records(table) },
				func() (importer.PackedRecords, error) { return s.RecordsOver(s, table) },
			} {
				records, err := read()
				for err == nil && records.HasNext() {
					_, err = records.NextRecord()
				}
			}
			_, _ = DecodeSingle(table, raw)
		}
	})
}
