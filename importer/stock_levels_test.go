package importer

import "testing"

// What is tracked and above zero, and then is not, or nobody knows, goes to zero; what
// is no longer tracked says nothing about that.
func TestZeroes(t *testing.T) {
	level := func(tracked bool, available Value) Record {
		r := make(Record, len(Stock.Columns))
		r[StockTracked], r[StockAvailable] = Flag(tracked), available
		return r
	}
	for name, c := range map[string]struct {
		old, fresh Record
		want       bool
	}{
		"sold out":           {level(true, Whole(3)), level(true, Whole(0)), true},
		"oversold":           {level(true, Whole(1)), level(true, Whole(-1)), true},
		"fewer":              {level(true, Whole(3)), level(true, Whole(1)), false},
		"was zero":           {level(true, Whole(0)), level(true, Whole(0)), false},
		"was oversold":       {level(true, Whole(-2)), level(true, Whole(0)), false},
		"was not tracked":    {level(false, Whole(3)), level(true, Whole(0)), false},
		"no longer tracked":  {level(true, Whole(3)), level(false, Whole(0)), false},
		"no number any more": {level(true, Whole(3)), level(true, None), true},
		"had no number":      {level(true, None), level(true, Whole(0)), false},
	} {
		if got := Stock.GoesToZero(c.old, c.fresh); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
