package rooms

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for name, want := range map[string]int{
		"read": 1, "String": 1, "ID": 1, "readLine": 2, "JSON": 1, "toJSON": 2, "HTTPServer": 1, "storeOf": 2, "planOfRun": 3, "_": 1,
	} {
		if got := words(name); got != want {
			t.Errorf("%s has %d words, not %d", name, got, want)
		}
	}
}

// A house of two rooms and a cellar: what is measured of it can be counted by hand.
func TestMeasure(t *testing.T) {
	floors, err := Measure(".", "./testdata/house")
	if err != nil {
		t.Fatal(err)
	}
	house := floors[0]
	arrows := []Arrow{{"attic.go", "cellar.go"}, {"attic.go", "kitchen.go"}, {"kitchen.go", "attic.go"}}
	if !slices.Equal(house.Arrows, arrows) {
		t.Errorf("arrows are %v", house.Arrows)
	}
	if both := house.Both(); len(both) != 1 || both[0] != (Arrow{"attic.go", "kitchen.go"}) || house.Pairs() != 2 {
		t.Errorf("%d pairs, both ways %v", house.Pairs(), both)
	}
	if house.OneWord() != 3 || len(house.Functions) != 5 || house.Files != 3 || house.Lines != 31 {
		t.Errorf("%d of %d functions, %d files, %d lines", house.OneWord(), len(house.Functions), house.Files, house.Lines)
	}
	if structs := []Struct{{"Stove", 1}, {"wood", 1}}; !slices.Equal(house.Structs, structs) {
		t.Errorf("structs: %v", house.Structs)
	}
	if !slices.Equal(house.Open, []string{"Shelves"}) || !slices.Equal(house.Written, []string{"coal", "Shelves", "coal"}) {
		t.Errorf("variables open to everybody: %v, written to: %v", house.Open, house.Written)
	}
	if len(house.Types) != 1 || house.Types[0] != (Type{"Stove", 2, 2}) {
		t.Errorf("types: %v", house.Types)
	}
}
