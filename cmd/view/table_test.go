package view

import (
	"strings"
	"testing"
)

func TestX(t *testing.T) {
	for _, w := range []int{0, 60, 30, 20} {
		var b strings.Builder
		err := Table(&b, w, []Column{Whole("sku"), Text("title"), Number("qty"), Text("end")}, [][]string{
			{"A-1", "緑茶 Green tea, a long title that goes on and on and on", "12", ""},
			{"A-2", "x\x1b[2Jy", "1,200", "e"},
			{"", "  ", "", "🍵🍵"},
			{"", "👨‍👩‍👧 é 🇩🇪", "3", "z"},
		})
		t.Log(err)
		for l := range strings.Lines(b.String()) { t.Logf("%3d %q", wide(l), l) }
		t.Log("\n" + b.String())
	}
}
