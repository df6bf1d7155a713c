package importer

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"
)

// What a chunk becomes by two lists of edits, one after the other, it also becomes
// by both in one.
func TestComposedEditsMakeTheSame(t *testing.T) {
	for seed := range uint64(5000) {
		dice := rand.New(rand.NewPCG(seed, 1))
		older := somePacked(dice, dice.IntN(8))
		first, n := someEdits(dice, older.n)
		then, _ := someEdits(dice, n)
		half := applied(t, first, older.text)
		want := applied(t, then, half)
		composed := Compose(first, then)
		if got := applied(t, composed, older.text); got != want {
			t.Fatalf("seed %d: %q by %v, then %v is %q, by %v it is %q", seed, older.text, first, then, want, composed, got)
		}
		back, err := CutEdits(string(AppendEdits(nil, composed)))
		if err != nil || len(composed) > 0 && !reflect.DeepEqual(back, composed) {
			t.Fatalf("seed %d: %v came back as %v, %v", seed, composed, back, err)
		}
	}
}

func TestEditsOfARecordThatIsNotThere(t *testing.T) {
	older := somePacked(rand.New(rand.NewPCG(1, 1)), 2).text
	for _, edits := range [][]Edit{{{At: 3}}, {{At: 2, Replaces: true}}, {{At: 1, Replaces: true}, {At: 0, Replaces: true}}, {{At: -1}}} {
		if made, err := Apply(edits, older, 2); err == nil {
			t.Errorf("%v made %q of %q", edits, made, older)
		}
	}
}

type somePack struct {
	text string
	n    int
}

func somePacked(dice *rand.Rand, n int) (p somePack) {
	for range n {
		p.text, p.n = p.text+someRecord(dice), p.n+1
	}
	return p
}

func someRecord(dice *rand.Rand) string {
	return string(AppendRecord(nil, Record{String(fmt.Sprint(dice.IntN(1000))), None}))
}

// someEdits of n records, and how many there are then.
func someEdits(dice *rand.Rand, n int) (edits []Edit, then int) {
	then = n
	for at := range n + 1 {
		for dice.IntN(4) == 0 {
			edits, then = append(edits, Edit{At: at, Record: someRecord(dice)}), then+1
		}
		if at == n {
			break
		}
		switch dice.IntN(4) {
		case 0:
			edits = append(edits, Edit{At: at, Replaces: true, Record: someRecord(dice)})
		case 1:
			edits, then = append(edits, Edit{At: at, Replaces: true}), then-1
		}
	}
	return edits, then
}

func applied(t *testing.T, edits []Edit, older string) string {
	t.Helper()
	made, err := Apply(edits, older, 2)
	if err != nil {
		t.Fatal(err)
	}
	return made
}
