package records

import (
	"testing"
)

func TestPlainDecimal(t *testing.T) {
	for number, want := range map[string]string{
		"0": "0", "1.50": "1.50", "-2": "-2", "1e3": "1000", "1.5e-05": "0.000015", "1.25E2": "125", "1.2345e2": "123.45", "-0.5e1": "-5",
		"0.5e1": "5", "0e5": "0", "12e-1": "1.2", "1e+2": "100", "1e400": "1e400", "1e-999999999999": "1e-999999999999",
	} {
		if got := plainDecimal(number); got != want {
			t.Errorf("%s: got %s, want %s", number, got, want)
		}
	}
}
