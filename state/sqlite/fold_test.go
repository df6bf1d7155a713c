package sqlite

import "testing"

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"bebé", "BEBÉ", "Bebe\u0301", "BEBE\u0301"},
		{"strasse", "STRASSE", "Straße", "straẞe"},
		{"ναύς", "ΝΑΎΣ", "ναυ\u0301σ"},
		{"жук", "ЖУК"},
		{"ệ", "Ệ", "e\u0323\u0302", "e\u0302\u0323", "ê\u0323"},
		{"가방", "\u1100\u1161\u1107\u1161\u11bc"},
		{"ａｂｃ", "ＡＢＣ"},
	} {
		for _, text := range same[1:] {
			if FoldText(text) != FoldText(same[0]) {
				t.Errorf("%q is folded to %q, %q to %q", text, FoldText(text), same[0], FoldText(same[0]))
			}
		}
	}
	for _, other := range [][2]string{{"bebe", "bebé"}, {"o", "ø"}, {"100%", "1000"}, {"ｱ", "ア"}} {
		if FoldText(other[0]) == FoldText(other[1]) {
			t.Errorf("%q and %q are folded to the same", other[0], other[1])
		}
	}
}
