package spelling

import "testing"

func TestNearest(t *testing.T) {
	known := []string{"preview", "run", "status", "stock", "products"}
	for word, want := range map[string]string{
		"prevew": "preview", "previwe": "preview", "PREVIEW": "preview", "stauts": "status", "stok": "stock", "pro": "products",
		"rnu": "run", "xyz": "", "": "", "p": "", "t": "",
	} {
		if got := Nearest(word, known); got != want {
			t.Errorf("%q: %q, want %q", word, got, want)
		}
	}
}
