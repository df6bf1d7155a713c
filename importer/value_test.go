package importer

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"
)

func TestCanonicalDecimal(t *testing.T) {
	for text, want := range map[string]string{
		"10.00": "10", "10": "10", "0010.10": "10.1", "-0.00": "0", "-1.50": "-1.5", "0.05": "0.05", "000": "0",
		"1e5": "1e5", "": "", ".5": ".5", "5.": "5.", "+1": "+1",
	} {
		if got := canonicalDecimal(text); got != want {
			t.Errorf("canonicalDecimal(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestValidity(t *testing.T) {
	for text, valid := range map[string]bool{
		"12.50": true, "-1": true, "1e309": false, "NaN": false, "": false, "1,5": false, "9007199254740993": true,
	} {
		variant := Variant{ID: "v", Price: text}.AppendTo(nil)
		if got := Variants.InvalidValue(variant); (got == "") != valid {
			t.Errorf("a price of %q: %q", text, got)
		}
	}
	if got := Stock.InvalidValue(Level{InventoryItemID: "i"}.AppendTo(nil)); got == "" {
		t.Error("a level without a warehouse is taken")
	}
}

func TestJSONOfValues(t *testing.T) {
	for _, c := range []struct {
		value Value
		of    Type
		want  string
	}{
		{None, Text, "null"}, {String("a\"b"), Text, `"a\"b"`}, {String("10.00"), Money, `"10.00"`}, {String("0.5"), Number, "0.5"},
		{Whole(-3), Int, "-3"}, {Flag(true), Bool, "true"}, {StringSet([]string{"<b>"}), Set, `["<b>"]`},
		{String("not json"), JSON, `"not json"`}, // another program edited the row
	} {
		if got := string(c.value.AppendJSON(nil, c.of)); got != c.want {
			t.Errorf("%q: %s, want %s", c.value.text, got, c.want)
		}
	}
}

// Any record comes back as it was stored, and what follows it is left alone.
func TestRecordsSurviveStoring(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		record := rapid.SliceOf(rapid.Custom(func(rt *rapid.T) Value {
			switch rapid.IntRange(0, 3).Draw(rt, "state") {
			case 0:
				return None
			case 1:
				return Unheld
			}
			return String(rapid.String().Draw(rt, "text"))
		})).Draw(rt, "record")
		stored := AppendRecord(nil, record)
		back, rest, err := CutRecord(string(stored)+"tail", len(record))
		if err != nil || rest != "tail" {
			rt.Fatalf("rest %q, %v", rest, err)
		}
		if end := recordEnd(string(stored), len(record)); end != len(stored) {
			rt.Fatalf("it ends at %d, want %d", end, len(stored))
		}
		for i := range record {
			if back[i] != record[i] {
				rt.Fatalf("value %d: %v, want %v", i, back[i], record[i])
			}
		}
	})
}

// Equal fingerprints and equal meaning are the same thing.
func TestFingerprintsFollowMeaning(t *testing.T) {
	prices := rapid.SampledFrom([]string{"1", "1.0", "01.00", "2", "-0", "0"})
	rapid.Check(t, func(rt *rapid.T) {
		a := Variant{ID: "1", Price: prices.Draw(rt, "a")}.AppendTo(nil)
		b := Variant{ID: "1", Price: prices.Draw(rt, "b")}.AppendTo(nil)
		if Variants.Equal(a, b) != (Variants.Fingerprint(a) == Variants.Fingerprint(b)) {
			rt.Fatalf("%v and %v", a, b)
		}
	})
}

func TestAbsentIsNotEmpty(t *testing.T) {
	a, b := Level{InventoryItemID: "1", WarehouseID: "2"}.AppendTo(nil), Level{InventoryItemID: "1", WarehouseID: "2"}.AppendTo(nil)
	zero := int64(0)
	b[Stock.Column("available")] = optionalInt(&zero)
	if Stock.Equal(a, b) || Stock.Fingerprint(a) == Stock.Fingerprint(b) {
		t.Error("no figure and zero are taken for the same")
	}
}

func FuzzCutRecord(f *testing.F) {
	f.Add("\x02a\x00", 2)
	f.Add("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 1)
	f.Fuzz(func(t *testing.T, text string, n int) {
		if n < 0 || n > 100 {
			return
		}
		if record, rest, err := CutRecord(text, n); err == nil && len(record)+len(rest) > len(text)+n {
			t.Errorf("more came out than went in")
		}
	})
}

func FuzzValueJSON(f *testing.F) {
	f.Add("x", 0)
	f.Add("[1", int(Set))
	f.Fuzz(func(t *testing.T, text string, of int) {
		if of < int(Text) || of > int(JSON) {
			return
		}
		if encoded := String(text).AppendJSON(nil, Type(of)); !json.Valid(encoded) {
			t.Errorf("%q as %d is not JSON: %s", text, of, encoded)
		}
	})
}
